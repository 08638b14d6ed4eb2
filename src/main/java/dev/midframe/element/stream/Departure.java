package dev.midframe.element.stream;

import dev.midframe.cadence.SkipReason;
import dev.midframe.interpolation.FrameKind;

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
     * @param buffer for them; owned as that of {@link Ready} until the frame is dropped
     * @param duration in nanoseconds, -1 where unknown
     * @param due presentation time of the real frame that comes after it, and must not wait for it
     * @param interval between the real frames around it, in nanoseconds
     * @param substitute buffer of a real frame that is shown in its place where it is dropped; 0 for none
     * @param index within the pair
     */
    record Pending(
            long buffer,
            long pts,
            long duration,
            long arrival,
            long due,
            long interval,
            long substitute,
            Pair pair,
            int index)
            implements Departure {

        @Override
        public FrameKind kind() {
            return FrameKind.GENERATED;
        }

        /** Whether there is nothing to wait for. */
        boolean isDone() {
            return pair.isDone(index);
        }

        Ready ready() {
            return new Ready(kind(), buffer, pts, duration, arrival);
        }

        Departure inItsPlace() {
            return substitute == 0
                    ? new Skipped(SkipReason.OVERLOAD, pts, arrival)
                    : new Ready(FrameKind.REAL, substitute, pts, duration, arrival);
        }
    }

    /** Left out: nothing is pushed. */
    record Skipped(SkipReason reason, long pts, long arrival) implements Departure {

        @Override
        public FrameKind kind() {
            return switch (reason) {
                case LATE -> FrameKind.LATE;
                case OVERLOAD -> FrameKind.SKIPPED;
                case NO_ENGINE -> FrameKind.NO_ENGINE;
            };
        }
    }
}
