package dev.midframe.element;

import dev.midframe.cadence.SkipReason;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;

/**
 * How late the stream is, for {@code on-overload=skip}: by what sinks report (QoS events), and in live pipelines by the
 * clock. Times here are GStreamer's running time in nanoseconds.
 */
final class Lateness {

    private static final long NONE = -1;

    private final Gst gst;
    private final long element;
    private volatile long earliest = NONE;

    Lateness(Gst gst, long element) {
        this.gst = gst;
        this.element = element;
    }

    /** A sink tells how late a frame was; from any thread. */
    void observe(long qosEvent, long heldNanos) {
        try (Arena arena = Arena.ofConfined()) {
            long difference = arena.allocate(ValueLayout.JAVA_LONG, 2).address();
            long timestamp = difference + 8;
            gst.gst_event_parse_qos(qosEvent, 0, 0, difference, timestamp);
            long late = Memory.getLong(difference, 0);
            // Twice as far, because what is computed meanwhile will be late as well.
            earliest = late > 0 ? Memory.getLong(timestamp, 0) + 2 * late + heldNanos : NONE;
        }
    }

    void reset() {
        earliest = NONE;
    }

    /**
     * Tells the stream which frames are not worth generating.
     *
     * @param liveAllowance how far behind the clock frames of a live source may be when they arrive; -1 where it is not live
     */
    void apply(Stream stream, long liveAllowance) {
        long byClock = NONE;
        if (liveAllowance >= 0) {
            long now = gst.gst_element_get_current_running_time(element);
            byClock = now == NONE ? NONE : now - liveAllowance;
        }
        long bySink = earliest;
        stream.skipUntil(
                position(Math.max(byClock, bySink)), bySink >= byClock ? SkipReason.LATE : SkipReason.OVERLOAD);
    }

    private long position(long runningTime) {
        if (runningTime < 0) {
            return Long.MIN_VALUE;
        }
        long segment = element + Offsets.TRANSFORM_SEGMENT;
        long position = gst.gst_segment_position_from_running_time(
                segment, Memory.getInt(segment, Offsets.SEGMENT_FORMAT), runningTime);
        return position == NONE ? Long.MIN_VALUE : position;
    }
}
