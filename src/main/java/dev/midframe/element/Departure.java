package dev.midframe.element;

import org.jspecify.annotations.Nullable;

/**
 * A frame in line to leave.
 *
 * @param buffer owned by the line, then by whoever takes the frame from it
 * @param pts presentation time in nanoseconds
 * @param duration in nanoseconds, -1 where unknown
 * @param arrival when the latest real frame that it depends on came, as {@link System#nanoTime}
 * @param batch where its pixels come from, null where the buffer has them already
 * @param index within the batch
 */
record Departure(
        FrameKind kind, long buffer, long pts, long duration, long arrival, Pairs.@Nullable Batch batch, int index) {

    /** Whether its pixels are in the buffer. */
    boolean isReady() {
        return batch == null || batch.isFetched(index);
    }

    Departure withBuffer(long other) {
        return new Departure(kind, other, pts, duration, arrival, batch, index);
    }
}
