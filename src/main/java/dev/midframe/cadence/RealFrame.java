package dev.midframe.cadence;

import dev.midframe.cadence.change.Change;

/**
 * A decoded frame as the cadence sees it.
 *
 * @param sequence counts the real frames of the stream, increasing by 1
 * @param ptsNanos presentation time in nanoseconds
 * @param durationNanos 0 or more, or {@link #UNKNOWN}
 * @param change against the frame before
 */
public record RealFrame(long sequence, long ptsNanos, long durationNanos, Change change) {
    /** An unknown duration. */
    public static final long UNKNOWN = -1;
}
