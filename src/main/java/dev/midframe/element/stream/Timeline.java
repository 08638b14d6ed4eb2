package dev.midframe.element.stream;

/** Completes what frames say of their own time: a missing timestamp follows from the frame before. */
public final class Timeline {

    public static final long UNKNOWN = -1;

    private long lastPts = UNKNOWN;
    private long lastDuration = UNKNOWN;

    /**
     * The time of the next frame in nanoseconds, or {@link #UNKNOWN} where it is unknown.
     *
     * @param pts the frame's own, or {@link #UNKNOWN}
     * @param duration the frame's own or that of the stream's rate, or {@link #UNKNOWN}
     * @param start where the segment starts
     */
    public long next(long pts, long duration, long start) {
        long time = pts;
        if (time == UNKNOWN) {
            if (lastPts == UNKNOWN) {
                time = duration == UNKNOWN ? UNKNOWN : start;
            } else {
                time = lastDuration == UNKNOWN ? UNKNOWN : lastPts + lastDuration;
            }
        }
        lastPts = time;
        lastDuration = duration;
        return time;
    }

    /** Whether a frame of this time would go back behind the last one. */
    public boolean goesBack(long pts) {
        return pts != UNKNOWN && lastPts != UNKNOWN && pts <= lastPts;
    }

    public void reset() {
        lastPts = UNKNOWN;
        lastDuration = UNKNOWN;
    }
}
