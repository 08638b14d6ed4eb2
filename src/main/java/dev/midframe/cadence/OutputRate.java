package dev.midframe.cadence;

/** When output frames are due. */
public sealed interface OutputRate {

    /**
     * Output frame k lies at source position k / factor, counted from the stream's first frame; at 2.5 between the third
     * and the fourth real frame's own times, halfway. Real frames whose position is met pass unchanged. After a gap that
     * is not bridged the count starts again.
     *
     * @param value output frames for each input frame
     */
    record Factor(Ratio value) implements OutputRate {}

    /**
     * Output frame k is due at the first frame's time plus k / value seconds, rounded down to the nanosecond; nothing
     * accumulates. A real frame within {@link #tolerance} of such a time passes unchanged, at that time.
     *
     * @param value frames a second
     */
    record FramesPerSecond(Ratio value) implements OutputRate {

        /** See {@link OutputRate#tolerance(long)}. */
        long tolerance() {
            return OutputRate.tolerance(1_000_000_000L * value.denominator() / value.numerator());
        }
    }

    /**
     * How far from its place a real frame may lie to take it, in nanoseconds: 1 ms, because that is how coarsely Matroska
     * and FLV store time, but never more than an eighth of an output frame.
     */
    static long tolerance(long outputFrameNanos) {
        return Math.min(1_000_000, outputFrameNanos / 8);
    }
}
