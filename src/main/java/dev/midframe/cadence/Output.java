package dev.midframe.cadence;

/** One output frame, in presentation order. Times are nanoseconds of the stream's own segment. */
public sealed interface Output {

    /** Presentation time in nanoseconds. */
    long ptsNanos();

    /**
     * Duration in nanoseconds: up to the next frame that is shown, or {@link RealFrame#UNKNOWN}. Where that frame's time
     * depends on a real frame yet to come (a factor that is not whole), the input's frame duration stands for it.
     */
    long durationNanos();

    /** The same, lasting that long. */
    Output lasting(long durationNanos);

    /** A real frame, bit-exact. {@code sequence} is that of the {@link RealFrame}; the same one may come more than once. */
    record Real(long sequence, long ptsNanos, long durationNanos) implements Output {
        @Override
        public Real lasting(long nanos) {
            return new Real(sequence, ptsNanos, nanos);
        }
    }

    /**
     * A frame to be made between two real ones.
     *
     * @param from sequence of the earlier real frame
     * @param to sequence of the later real frame
     * @param time strictly between 0 and 1
     */
    record Generated(long from, long to, double time, long ptsNanos, long durationNanos) implements Output {
        @Override
        public Generated lasting(long nanos) {
            return new Generated(from, to, time, ptsNanos, nanos);
        }
    }

    /** A mix of two real frames where interpolation would be wrong (scene-change=blend). {@code time} is the later one's weight. */
    record Blended(long from, long to, double time, long ptsNanos, long durationNanos) implements Output {
        @Override
        public Blended lasting(long nanos) {
            return new Blended(from, to, time, ptsNanos, nanos);
        }
    }

    /** Nothing to be pushed: a frame that would have been generated and is left out; the frame before lasts longer. */
    record Skipped(SkipReason reason, long ptsNanos, long durationNanos) implements Output {
        @Override
        public Skipped lasting(long nanos) {
            return new Skipped(reason, ptsNanos, nanos);
        }
    }
}
