package dev.midframe.cadence;

import dev.midframe.cadence.pulldown.Pulldown;

/**
 * The rules a stream follows.
 *
 * @param rate when output frames are due
 * @param sceneChange what is shown across a cut
 * @param duplicates what happens to repeated frames
 * @param maxGapNanos neighbours (and the different frames round a bridged run) further apart are not interpolated; 1 or
 *     more
 * @param maxRepeats the longest run of repeats that is bridged; a longer one is a still and stays. 1 or more; each adds
 *     a frame of latency
 */
public record CadenceSettings(
        OutputRate rate, SceneChange sceneChange, Duplicates duplicates, long maxGapNanos, int maxRepeats) {

    /** 250 ms. */
    public static final long DEFAULT_MAX_GAP_NANOS = 250_000_000;

    /** The longest run bridged in files: animation on sixes. */
    public static final int FILE_MAX_REPEATS = 5;

    /** The longest run bridged in live streams. */
    public static final int LIVE_MAX_REPEATS = 3;

    public CadenceSettings {
        if (maxGapNanos < 1 || maxRepeats < 1) {
            throw new IllegalArgumentException("the largest gap (" + maxGapNanos + " ns) and run of repeats ("
                    + maxRepeats + ") must be positive");
        }
    }

    /** How many real frames back what leaves depends on, at most, once {@link Cadence#continueFrom} has told the rest. */
    public int memoryFrames() {
        return duplicates == Duplicates.KEEP ? 2 : Pulldown.MEMORY_RUNS * (maxRepeats + 1);
    }

    /** Multiplies the frame rate; cuts repeat the earlier frame, repeats are kept. */
    public static CadenceSettings factor(Ratio factor) {
        return of(new OutputRate.Factor(factor));
    }

    /** Fixes the frame rate; cuts repeat the earlier frame, repeats are kept. */
    public static CadenceSettings framesPerSecond(Ratio rate) {
        return of(new OutputRate.FramesPerSecond(rate));
    }

    private static CadenceSettings of(OutputRate rate) {
        return new CadenceSettings(rate, SceneChange.REPEAT, Duplicates.KEEP, DEFAULT_MAX_GAP_NANOS, FILE_MAX_REPEATS);
    }

    /** The same with another treatment of cuts. */
    public CadenceSettings with(SceneChange other) {
        return new CadenceSettings(rate, other, duplicates, maxGapNanos, maxRepeats);
    }

    /** The same with another treatment of repeats. */
    public CadenceSettings with(Duplicates other, int maxRepeats) {
        return new CadenceSettings(rate, sceneChange, other, maxGapNanos, maxRepeats);
    }

    /** The same with another largest gap. */
    public CadenceSettings withMaxGap(long nanos) {
        return new CadenceSettings(rate, sceneChange, duplicates, nanos, maxRepeats);
    }
}
