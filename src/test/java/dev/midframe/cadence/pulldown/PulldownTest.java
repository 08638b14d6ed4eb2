package dev.midframe.cadence.pulldown;

import static dev.midframe.cadence.change.Change.CUT;
import static dev.midframe.cadence.change.Change.MOTION;
import static dev.midframe.cadence.change.Change.REPEAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.midframe.cadence.CadenceSettings;
import dev.midframe.cadence.Duplicates;
import dev.midframe.cadence.Output;
import dev.midframe.cadence.Ratio;
import dev.midframe.cadence.RealFrame;
import dev.midframe.cadence.Stream;
import dev.midframe.cadence.change.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures sampled evenly at one rate and shown at a higher one, each as often as it takes. */
class PulldownTest {
    private static final long SECOND = 1_000_000_000;
    private static final CadenceSettings DOUBLED =
            CadenceSettings.factor(new Ratio(2, 1)).with(Duplicates.BRIDGE, CadenceSettings.FILE_MAX_REPEATS);

    @ParameterizedTest
    @CsvSource({
        "24, 60, 10",
        "24, 30, 10",
        "24, 25, 52",
        "25, 60, 26",
        "25, 30, 14",
        "15, 24, 18",
        "50, 60, 14",
        "20, 60, 1",
        "30, 60, 1"
    })
    void picturesMoveEvenlyOnceThePatternIsKnown(int pictures, int frames, int settled) {
        Stream stream = pulldown(pictures, frames, 0, 8 * pictures);
        List<Output> outputs = stream.through(DOUBLED);

        assertThat(outputs).hasSize(2 * stream.frames().size() - 1);
        assertEven(stream, outputs, pictures, settled);
    }

    @ParameterizedTest
    @CsvSource({"24, 60, 60, 10", "24, 30, 60, 10", "24, 30, 144, 10"})
    void picturesMoveEvenlyOnAGrid(int pictures, int frames, int rate, int settled) {
        Stream stream = pulldown(pictures, frames, 0, 8 * pictures);
        CadenceSettings grid =
                CadenceSettings.framesPerSecond(new Ratio(rate, 1)).with(Duplicates.BRIDGE, 5);

        assertEven(stream, stream.through(grid), pictures, settled);
    }

    @Property(tries = 300, seed = "42")
    void anyEvenSamplingIsFound(
            @ForAll @IntRange(min = 2, max = 12) int pictures,
            @ForAll @IntRange(min = 0, max = 30) int more,
            @ForAll @IntRange(min = 0, max = 100) int phase) {
        int frames = Math.min(pictures + more, 5 * pictures);
        Stream stream = pulldown(pictures, frames, phase, 8 * pictures);

        assertEven(stream, stream.through(DOUBLED.withMaxGap(Long.MAX_VALUE)), pictures, 2 * pictures + 2);
    }

    @Test
    void filmShownThreeTwoAppearsAtEvenTimesBitExact() {
        Stream stream = pulldown(24, 60, 0, 24);

        List<Long> shown = stream.through(DOUBLED).stream()
                .filter(Output.Real.class::isInstance)
                .map(Output::ptsNanos)
                .filter(pts -> pts > SECOND / 2)
                .toList();

        assertThat(shown).hasSizeGreaterThanOrEqualTo(11);
        for (int i = 1; i < 10; i++) {
            assertThat(shown.get(i) - shown.get(i - 1)).isCloseTo(SECOND / 24, within(2L));
        }
    }

    @Test
    void timesStoredToTheMillisecondDoNotHideThePattern() {
        Stream rounded = new Stream();
        for (RealFrame frame : pulldown(24, 60, 0, 24 * 8).frames()) {
            rounded.add((frame.ptsNanos() + 500_000) / 1_000_000 * 1_000_000, frame.change());
        }

        List<Output> outputs = rounded.through(DOUBLED);

        double[] positions = positions(rounded, outputs);
        for (int k = 60; positions[k + 5] < 189; k++) {
            // 5 outputs are a picture's time; two roundings and two tolerances are a tenth of it.
            assertThat(positions[k + 5] - positions[k]).as("output " + k).isCloseTo(1, within(0.1));
        }
    }

    @Test
    void aBrokenPatternIsLeftAtOnce() {
        Pulldown pulldown = new Pulldown();
        long[] delays = new long[8];
        int[] runs = {3, 2, 3, 2, 3, 1, 3, 2};
        long came = 0;
        for (int i = 0; i < runs.length; i++) {
            delays[i] = pulldown.next(came, runs[i], came + 100 * runs[i]);
            came += 100 * runs[i];
        }

        assertThat(delays).containsExactly(0, 0, 0, 50, 0, 0, 0, 0);
    }

    @Test
    void runsThatNoEvenSamplingLeavesStayAsTheyAre() {
        Pulldown pulldown = new Pulldown();
        long came = 0;
        for (int i = 0; i < 40; i++) {
            int run = i % 6 < 3 ? 1 : 4;
            assertThat(pulldown.next(came, run, came + 100 * run)).isZero();
            came += 100 * run;
        }
    }

    @Test
    void aCutIsShownWhenItCame() {
        Stream stream = new Stream();
        long came = 0;
        List<Long> cuts = new ArrayList<>();
        for (int picture = 0; picture < 60; picture++) {
            for (int repeat = 0; repeat < (picture % 2 == 0 ? 3 : 2); repeat++) {
                Change change = repeat > 0 ? REPEAT : picture % 11 == 10 ? CUT : MOTION;
                if (change == CUT) {
                    cuts.add((long) stream.frames().size());
                }
                stream.add(came, change);
                came += 100;
            }
        }

        List<Output> outputs = stream.through(DOUBLED);

        for (long cut : cuts) {
            long pts = stream.frames().get((int) cut).ptsNanos();
            assertThat(outputs).contains(new Output.Real(cut, pts, 50));
            assertThat(outputs)
                    .filteredOn(output -> output instanceof Output.Generated generated
                            && generated.from() < cut
                            && generated.to() >= cut)
                    .isEmpty();
        }
        assertThat(outputs).extracting(Output::ptsNanos).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void whatIsKeptStaysWhereItIs() {
        assertThat(pulldown(24, 60, 0, 48).through(DOUBLED.with(Duplicates.KEEP, 5)))
                .filteredOn(Output.Generated.class::isInstance)
                .extracting(output -> ((Output.Generated) output).time())
                .containsOnly(0.5);
    }

    /** Frame i shows the last picture that is not later. */
    private static Stream pulldown(int pictures, int frames, int phasePercent, int count) {
        Stream stream = new Stream();
        long last = -1;
        for (long i = 0; last < count; i++) {
            long picture = (100 * i * pictures + (long) phasePercent * frames) / (100L * frames);
            long pts = i * SECOND / frames;
            stream.add(pts, (i + 1) * SECOND / frames - pts, picture == last ? REPEAT : MOTION);
            last = picture;
        }
        return stream;
    }

    /** From some picture on, what is shown advances as fast as time. */
    private static void assertEven(Stream stream, List<Output> outputs, int pictures, int settled) {
        double[] positions = positions(stream, outputs);
        int last = (int) positions[positions.length - 1];
        double offset = Double.NaN;
        int checked = 0;
        for (int k = 0; k < positions.length; k++) {
            if (positions[k] > settled && positions[k] < last - 2) {
                double expected = outputs.get(k).ptsNanos() * (double) pictures / SECOND;
                offset = Double.isNaN(offset) ? positions[k] - expected : offset;
                assertThat(positions[k] - expected).as("output " + k).isCloseTo(offset, within(1e-3));
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(last / 3);
    }

    /** Which picture every output shows, with fractions between two. */
    private static double[] positions(Stream stream, List<Output> outputs) {
        Map<Long, Integer> pictures = new TreeMap<>();
        int picture = -1;
        for (RealFrame frame : stream.frames()) {
            picture += frame.change() == REPEAT ? 0 : 1;
            pictures.put(frame.sequence(), picture);
        }
        return outputs.stream()
                .mapToDouble(output -> switch (output) {
                    case Output.Real real -> pictures.get(real.sequence());
                    case Output.Generated g ->
                        pictures.get(g.from()) + g.time() * (pictures.get(g.to()) - pictures.get(g.from()));
                    default -> throw new AssertionError(output);
                })
                .toArray();
    }
}
