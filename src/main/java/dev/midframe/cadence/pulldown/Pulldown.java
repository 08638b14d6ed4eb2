package dev.midframe.cadence.pulldown;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the even rhythm behind repeats that come in a steady pattern, as where film at 24 frames a second is shown 3:2 at
 * 60: there each picture is due later than it came by a part of a frame.
 *
 * <p>A pattern counts when the runs of equal frames have come twice in the same order and are such as even sampling
 * leaves: with the mean run r, the k-th picture of a cycle came within one frame of k r. Pictures are then due r apart,
 * none before it came and one in each cycle just when it came, so that nothing is waited for and nothing accumulates.
 */
public final class Pulldown {
    /** Pictures in the longest cycle: 24 frames a second shown at 25. */
    private static final int LONGEST_CYCLE = 24;

    /** Pictures that it remembers, and the one before them, of which a stream that begins later may have missed frames. */
    public static final int MEMORY_RUNS = 2 * LONGEST_CYCLE + 1;

    /** A picture that was shown: when it came, and by how many frames. */
    private record Run(long ptsNanos, int frames) {}

    private final List<Run> runs = new ArrayList<>();

    /** Forgets the pattern. */
    public void reset() {
        runs.clear();
    }

    /**
     * A picture has ended and the next has come.
     *
     * @param ptsNanos when the picture that ended came
     * @param frames how many frames showed it
     * @param nextNanos when the next one came
     * @return how much later than it came the next one is due, in nanoseconds: 0 where there is no pattern
     */
    public long next(long ptsNanos, int frames, long nextNanos) {
        runs.addFirst(new Run(ptsNanos, frames));
        if (runs.size() > 2 * LONGEST_CYCLE) {
            runs.removeLast();
        }
        // The longest first: a part of a long pattern may look like a short one, and a short one is a long one as well.
        for (int cycle = runs.size() / 2; cycle > 1; cycle--) {
            if (isRepeated(cycle)) {
                return delay(cycle, nextNanos);
            }
        }
        return 0;
    }

    private boolean isRepeated(int cycle) {
        for (int i = 0; i < cycle; i++) {
            if (runs.get(i).frames != runs.get(i + cycle).frames) {
                return false;
            }
        }
        return true;
    }

    private long delay(int cycle, long nextNanos) {
        long length = nextNanos - runs.get(cycle - 1).ptsNanos;
        int frames = runs.subList(0, cycle).stream().mapToInt(Run::frames).sum();
        long latest = 0;
        long earliest = 0;
        long passed = 0;
        for (int back = 1; back <= cycle; back++) {
            Run run = runs.get(back - 1);
            passed += run.frames;
            // How long, in frames / cycle, the picture so far back would have been due after it came.
            long late = (long) back * frames - cycle * passed;
            latest = Math.max(latest, late);
            earliest = Math.min(earliest, late);
            long unsteady = Math.abs((nextNanos - run.ptsNanos) * frames - passed * length);
            if (4 * unsteady > length) {
                return 0;
            }
        }
        return latest - earliest < cycle ? length * latest / ((long) frames * cycle) : 0;
    }
}
