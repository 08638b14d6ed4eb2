package dev.midframe.element.stream;

import dev.midframe.cadence.Output;
import dev.midframe.cadence.SkipReason;
import dev.midframe.interpolation.FrameKind;
import dev.midframe.video.VideoFrame;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A frame in line to leave.
 *
 * @param buffer owned by the line, then by whoever takes the frame from it; 0 where it is skipped
 * @param pts presentation time in nanoseconds
 * @param duration in nanoseconds, -1 where unknown
 * @param arrival when the latest real frame that it depends on came, as {@link System#nanoTime}
 * @param batch where its pixels come from, null where the buffer has them already
 * @param index within the batch
 * @param patch puts the masked pixels of the nearer real frame in
 */
public record Departure(
        FrameKind kind,
        long buffer,
        long pts,
        long duration,
        long arrival,
        Pairs.@Nullable Batch batch,
        int index,
        Consumer<VideoFrame> patch) {

    static final Consumer<VideoFrame> NO_PATCH = frame -> {};

    /** A place in the line where nothing leaves. */
    static Departure skipped(Output.Skipped output, long now) {
        FrameKind kind = output.reason() == SkipReason.LATE ? FrameKind.LATE : FrameKind.SKIPPED;
        return new Departure(kind, 0, output.ptsNanos(), output.durationNanos(), now, null, 0, NO_PATCH);
    }

    /** Whether there is something to push. */
    public boolean hasBuffer() {
        return !kind.leftOut();
    }

    /** Whether its pixels are in the buffer. */
    boolean isReady() {
        return batch == null || batch.isFetched(index);
    }

    Departure withBuffer(long other) {
        return new Departure(kind, other, pts, duration, arrival, batch, index, patch);
    }
}
