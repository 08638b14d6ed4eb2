package dev.midframe.cadence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.cadence.change.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A stream that begins in the middle of another has the frames of the other, once its memory has filled. */
class PartsOfAStreamTest {

    private static final int FRAMES = 700;
    private static final long FRAME = 1_001_000_000_000L / 24_000;

    static Stream<CadenceSettings> settings() {
        return Stream.of(
                        CadenceSettings.factor(new Ratio(2, 1)),
                        CadenceSettings.factor(new Ratio(5, 2)),
                        CadenceSettings.factor(new Ratio(7, 3)),
                        CadenceSettings.framesPerSecond(new Ratio(60, 1)),
                        CadenceSettings.framesPerSecond(new Ratio(25, 1)))
                .flatMap(kept -> Stream.of(kept, kept.with(Duplicates.BRIDGE, CadenceSettings.FILE_MAX_REPEATS)));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void hasTheFramesOfTheWholeStream(CadenceSettings settings) {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<RealFrame> frames = frames(random);
            List<Output> whole = outputs(settings, frames, 0);
            for (int part = 0; part < 5; part++) {
                int first = random.nextInt(FRAMES - settings.memoryFrames() - 20);
                long from = frames.get(first + settings.memoryFrames()).ptsNanos();

                assertThat(from(outputs(settings, frames, first), from))
                        .as("seed %d, from frame %d", seed, first)
                        .isEqualTo(from(whole, from));
            }
        }
    }

    /** Steady, with repeats in pulldown or at random, cuts, jitter and, rarely, a gap. */
    private static List<RealFrame> frames(Random random) {
        List<RealFrame> frames = new ArrayList<>();
        long pts = random.nextInt(1_000_000);
        boolean gaps = random.nextBoolean();
        boolean jitter = random.nextBoolean();
        for (int i = 0; i < FRAMES; i++) {
            boolean pulldown = i / 350 == 0;
            boolean repeat = pulldown ? i % 5 == 1 || i % 5 == 3 || i % 5 == 4 : random.nextInt(3) == 0;
            Change change = repeat ? Change.REPEAT : random.nextInt(40) == 0 ? Change.CUT : Change.MOTION;
            frames.add(new RealFrame(i, pts, FRAME, change));
            pts += FRAME
                    + (jitter ? random.nextInt(2_000_000) : 0)
                    + (gaps && random.nextInt(90) == 0 ? 20 * FRAME : 0);
        }
        return frames;
    }

    /** All that leaves of the frames from one on, whose count goes on. */
    private static List<Output> outputs(CadenceSettings settings, List<RealFrame> frames, int first) {
        Cadence cadence = Cadence.of(settings);
        if (first > 0) {
            cadence.continueFrom(
                    settings.rate() instanceof OutputRate.FramesPerSecond
                            ? new CountOrigin(frames.getFirst().ptsNanos(), 0)
                            : new CountOrigin(frames.get(first).ptsNanos(), number(settings, frames, first)));
        }
        List<Output> outputs = new ArrayList<>();
        frames.subList(first, frames.size()).forEach(frame -> cadence.offer(frame, outputs::add));
        cadence.drain(outputs::add);
        return outputs;
    }

    /** The count begins again behind each gap. */
    private static long number(CadenceSettings settings, List<RealFrame> frames, int frame) {
        int number = 0;
        for (int i = frame; i > 0; i--) {
            if (frames.get(i).ptsNanos() - frames.get(i - 1).ptsNanos() > settings.maxGapNanos()) {
                break;
            }
            number++;
        }
        return number;
    }

    private static List<Output> from(List<Output> outputs, long from) {
        return outputs.stream().filter(output -> output.ptsNanos() >= from).toList();
    }
}
