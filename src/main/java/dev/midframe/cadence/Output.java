package dev.midframe.cadence;

/** One frame to be pushed, in presentation order. Times are nanoseconds of the stream's own segment. */
public sealed interface Output {

    /** Presentation time in nanoseconds. */
    long ptsNanos();

    /** Duration in nanoseconds, or {@link RealFrame#UNKNOWN}. */
    long durationNanos();

    /** A real frame, bit-exact. {@code sequence} is that of the {@link RealFrame}; the same one may come more than once. */
    record Real(long sequence, long ptsNanos, long durationNanos) implements Output {}

    /**
     * A frame to be made between two real ones.
     *
     * @param from sequence of the earlier real frame
     * @param to sequence of the later real frame
     * @param time strictly between 0 and 1
     */
    record Generated(long from, long to, double time, long ptsNanos, long durationNanos) implements Output {}

    /** A mix of two real frames where interpolation would be wrong (scene-change=blend). {@code time} is the later one's weight. */
    record Blended(long from, long to, double time, long ptsNanos, long durationNanos) implements Output {}
}
