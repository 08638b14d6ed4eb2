package dev.midframe.cadence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.cadence.change.Change;
import java.math.BigInteger;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateConversionTest {
    private static final BigInteger SECOND = BigInteger.valueOf(1_000_000_000);

    @ParameterizedTest
    @CsvSource({
        "24, 1, 60, 1, 5",
        "24000, 1001, 60000, 1001, 5",
        "25, 1, 60, 1, 12",
        "25, 2, 50, 1, 4",
        "60, 1, 144, 1, 12",
        "60, 1, 24, 1, 2",
        "30, 1, 24, 1, 4"
    })
    void aFixedRateIsMetToTheNanosecondAndRealFramesOnItPassUnchanged(int n, int d, int outN, int outD, int realEvery) {
        int count = 4 * n / d * 10;
        Stream source = Stream.atRate(count, n, d);

        List<Output> outputs = source.through(CadenceSettings.framesPerSecond(new Ratio(outN, outD)));

        long expected = Math.ceilDiv((long) count * d * outN, (long) n * outD);
        assertThat(outputs).hasSize((int) expected);
        for (int k = 0; k < outputs.size(); k++) {
            Output output = outputs.get(k);
            assertThat(output.ptsNanos()).isEqualTo(due(k, outN, outD));
            assertThat(output.durationNanos()).isBetween(1L, due(k + 1, outN, outD) - due(k, outN, outD));
            boolean last = output.ptsNanos() >= source.frames().getLast().ptsNanos();
            if (!last) {
                assertThat(output instanceof Output.Real).isEqualTo(k % realEvery == 0);
            }
            if (output instanceof Output.Generated generated) {
                long from = source.frames().get((int) generated.from()).ptsNanos();
                long to = source.frames().get((int) generated.to()).ptsNanos();
                double share = (double) (output.ptsNanos() - from) / (to - from);
                assertThat(generated.time())
                        .isCloseTo(share, Offset.offset(1e-9))
                        .isBetween(1e-6, 1 - 1e-6);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"24, 1, 5, 2", "24000, 1001, 5, 2", "25, 1, 12, 5", "25, 2, 4, 1", "60, 1, 12, 5", "30, 1, 1, 2"})
    void aFactorPlacesFramesBetweenTheSourcesOwnTimes(int n, int d, int up, int down) {
        int count = 1 + 20 * down;
        List<RealFrame> frames = Stream.atRate(count, n, d).frames();

        List<Output> outputs = Stream.atRate(count, n, d).through(CadenceSettings.factor(new Ratio(up, down)));

        assertThat(outputs).hasSize((count - 1) / down * up + 1);
        for (int k = 0; k < outputs.size(); k++) {
            int source = k * down / up;
            int part = k * down % up;
            Output output = outputs.get(k);
            if (part == 0) {
                assertThat(output).isInstanceOfSatisfying(Output.Real.class, real -> assertThat(real.sequence())
                        .isEqualTo(source));
                assertThat(output.ptsNanos()).isEqualTo(frames.get(source).ptsNanos());
            } else {
                long from = frames.get(source).ptsNanos();
                long length = frames.get(source + 1).ptsNanos() - from;
                assertThat(output.ptsNanos()).isEqualTo(from + length * part / up);
                assertThat(((Output.Generated) output).time()).isEqualTo((double) part / up);
            }
        }
    }

    @Test
    void tenHoursOfFilmRateDoNotDrift() {
        int frames = 863_137;
        Cadence cadence = Cadence.of(CadenceSettings.framesPerSecond(new Ratio(60_000, 1001)));
        Cadence byFactor = Cadence.of(CadenceSettings.factor(new Ratio(5, 2)));
        long[] produced = new long[2];

        for (int i = 0; i < frames; i++) {
            long pts = due(i, 24_000, 1001);
            RealFrame frame = new RealFrame(i, pts, RealFrame.UNKNOWN, Change.MOTION);
            cadence.offer(frame, output -> {
                long k = produced[0]++;
                if (output.ptsNanos() != due(k, 60_000, 1001) || output instanceof Output.Real != (k % 5 == 0)) {
                    throw new AssertionError("frame " + k + " is " + output);
                }
            });
            byFactor.offer(frame, output -> {
                long k = produced[1]++;
                long offset = output.ptsNanos() - due(k, 60_000, 1001);
                if (offset < -1 || offset > 1 || output instanceof Output.Real real && real.sequence() * 5 != k * 2) {
                    throw new AssertionError("frame " + k + " is " + output);
                }
            });
        }

        assertThat(produced).containsExactly((frames - 1) * 5L / 2, (frames - 1) * 5L / 2);
    }

    @Test
    void framesStoredToTheMillisecondTakeTheirPlaceOnTheGrid() {
        Stream source = new Stream();
        for (long i = 0; i <= 240; i++) {
            source.add(Math.round(i * 1000 / 24.0) * 1_000_000, Change.MOTION);
        }

        List<Output> outputs = source.through(CadenceSettings.framesPerSecond(new Ratio(60, 1)));

        for (int k = 0; k < outputs.size(); k++) {
            assertThat(outputs.get(k).ptsNanos()).isEqualTo(due(k, 60, 1));
            assertThat(outputs.get(k) instanceof Output.Real).isEqualTo(k % 5 == 0 || k > 600);
        }
    }

    @Test
    void theGridStartsAtTheFirstFrameAndSurvivesAGap() {
        CadenceSettings settings = CadenceSettings.framesPerSecond(new Ratio(50, 1));
        List<Output> outputs = new Stream()
                .add(7_000_000, 40_000_000, Change.MOTION)
                .add(47_000_000, 40_000_000, Change.MOTION)
                .add(1_000_000_000, 40_000_000, Change.MOTION)
                .add(1_040_000_000, 40_000_000, Change.MOTION)
                .through(settings);

        assertThat(outputs)
                .extracting(Output::ptsNanos)
                .containsExactly(
                        7_000_000L,
                        27_000_000L,
                        47_000_000L,
                        67_000_000L,
                        1_007_000_000L,
                        1_027_000_000L,
                        1_047_000_000L,
                        1_067_000_000L);
        assertThat(outputs.get(4)).isInstanceOf(Output.Generated.class);
    }

    @Test
    void theGridGoesOnAfterAnEndThatIsNoFlush() {
        Cadence cadence = Cadence.of(CadenceSettings.framesPerSecond(new Ratio(50, 1)));
        Stream first = new Stream().add(7_000_000, 40_000_000, Change.MOTION);
        Stream second = new Stream().add(60_000_000, 40_000_000, Change.MOTION);
        Stream third = new Stream().add(500_000_000, 40_000_000, Change.MOTION);

        assertThat(first.through(cadence)).extracting(Output::ptsNanos).containsExactly(7_000_000L, 27_000_000L);
        assertThat(second.through(cadence)).extracting(Output::ptsNanos).containsExactly(67_000_000L, 87_000_000L);
        cadence.flush();
        assertThat(third.through(cadence)).extracting(Output::ptsNanos).containsExactly(500_000_000L, 520_000_000L);
    }

    @Test
    void aFactorCountsAnewAfterAGapSoThatALoneFrameIsShown() {
        Stream source = new Stream();
        for (long i = 0; i < 4; i++) {
            source.add(i * 1_000_000_000, 40_000_000, Change.MOTION);
        }

        assertThat(source.through(CadenceSettings.factor(new Ratio(5, 2))))
                .containsExactly(
                        new Output.Real(0, 0, 40_000_000),
                        new Output.Real(1, 1_000_000_000, 40_000_000),
                        new Output.Real(2, 2_000_000_000, 40_000_000),
                        new Output.Real(3, 3_000_000_000L, 40_000_000));
    }

    /** floor(index * denominator / numerator seconds), the long way round. */
    private static long due(long index, int numerator, int denominator) {
        return BigInteger.valueOf(index)
                .multiply(BigInteger.valueOf(denominator))
                .multiply(SECOND)
                .divide(BigInteger.valueOf(numerator))
                .longValueExact();
    }
}
