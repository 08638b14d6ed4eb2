package dev.midframe.element.stream;

import dev.midframe.cadence.SkipReason;
import dev.midframe.interpolation.FrameKind;
import dev.midframe.video.VideoFrame;
import java.util.function.Consumer;

/** A frame in line to leave. */
public sealed interface Departure {

    /** How the frame came about. */
    FrameKind kind();

    /** Presentation time in nanoseconds. */
    long pts();

    /** When the newest real frame that it depends on came, as {@link System#nanoTime}. */
    long arrival();

    /**
     * Its pixels are in the buffer.
     *
     * @param buffer owned by the line, then by whoever takes the frame from it
     * @param duration in nanoseconds, -1 where unknown
     */
    record Ready(FrameKind kind, long buffer, long pts, long duration, long arrival) implements Departure {

        Ready withBuffer(long other) {
            return new Ready(kind, other, pts, duration, arrival);
        }
    }

    /**
     * The engine makes its pixels.
     *
     * @param buffer for them; owned as that of {@link Ready}
     * @param duration in nanoseconds, -1 where unknown
     * @param batch gives them
     * @param index within the batch
     * @param patch puts the masked pixels of the nearer real frame in
     */
    record Pending(
            long buffer,
            long pts,
            long duration,
            long arrival,
            Pairs.Batch batch,
            int index,
            Consumer<VideoFrame> patch)
            implements Departure {

        @Override
        public FrameKind kind() {
            return FrameKind.GENERATED;
        }

        /** Whether they are in the buffer meanwhile. */
        boolean isFetched() {
            return batch.isFetched(index);
        }

        Ready ready() {
            return new Ready(kind(), buffer, pts, duration, arrival);
        }
    }

    /** Left out: nothing is pushed. */
    record Skipped(SkipReason reason, long pts, long arrival) implements Departure {

        @Override
        public FrameKind kind() {
            return reason == SkipReason.LATE ? FrameKind.LATE : FrameKind.SKIPPED;
        }
    }
}
