package dev.midframe.element.stream;

import dev.midframe.cadence.SkipReason;
import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.Offsets;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;

/**
 * How late the stream is, for {@code on-overload=skip}: by what sinks report (QoS events), by the clock where that shows it,
 * and by what the last pairs took: a frame that cannot be ready in time would make the real ones behind it late. Times here
 * are GStreamer's running time in nanoseconds, unless said otherwise.
 */
public final class Lateness {

    private static final long NONE = -1;

    /** So much sooner than it took last time an engine is trusted again, as a share of the time that passes. */
    private static final int TRUST = 10;

    private static final long SECOND = 1_000_000_000;

    private final GStreamer gstreamer;
    private final long element;
    private volatile long earliest = NONE;
    /** A sink waits for frames' times: how far ahead of them the clock lets us work is worth asking. */
    private volatile boolean timedSink;
    /** What the last generated frames took of the streaming thread's time, and when that was on the system's own clock. */
    private volatile long cost;

    private volatile long costKnownAt;
    private long workedNanos;
    private long workedBefore;

    public Lateness(GStreamer gstreamer, long element) {
        this.gstreamer = gstreamer;
        this.element = element;
    }

    /**
     * A sink reports how late a frame was; from any thread.
     *
     * @return whether generating is what may have made it late: then no decoder has to leave out real frames
     */
    public boolean observe(long qosEvent, long heldNanos) {
        try (Arena arena = Arena.ofConfined()) {
            long difference = arena.allocate(ValueLayout.JAVA_LONG, 2).address();
            long timestamp = difference + 8;
            gstreamer.gst().gst_event_parse_qos(qosEvent, 0, 0, difference, timestamp);
            long late = Memory.getLong(difference, 0);
            timedSink = true;
            // Twice as far, because what is computed meanwhile will be late as well.
            earliest = late > 0 ? Memory.getLong(timestamp, 0) + 2 * late + heldNanos : NONE;
        }
        return costKnownAt != 0 && System.nanoTime() - costKnownAt < SECOND + 2 * cost;
    }

    public void reset() {
        earliest = NONE;
        timedSink = false;
        workedNanos = 0;
    }

    /** The streaming thread was busy here for so long. */
    public void worked(long nanos) {
        workedNanos += nanos;
    }

    /** What was worked since the last one went into a generated frame. One that took long is no rule: the first warms up. */
    public void generated() {
        cost = Math.min(workedNanos, workedBefore);
        costKnownAt = System.nanoTime();
        workedBefore = workedNanos;
        workedNanos = 0;
    }

    private long cost() {
        return costKnownAt == 0 ? 0 : Math.max(0, cost - (System.nanoTime() - costKnownAt) / TRUST);
    }

    /**
     * Sets which frames are not worth generating.
     *
     * @param liveAllowance how far behind the clock frames of a live source may be when they arrive; -1 where it is not live
     */
    public void apply(Stream stream, long liveAllowance) {
        long byClock = NONE;
        if (liveAllowance >= 0 || timedSink) {
            long now = gstreamer.elements().gst_element_get_current_running_time(element);
            byClock = now == NONE ? NONE : now + cost() - Math.max(0, liveAllowance);
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
        try (Arena arena = Arena.ofConfined()) {
            long position = arena.allocate(ValueLayout.JAVA_LONG).address();
            // The full variant, because the time may well be past the end of the segment: then nothing is worth
            // generating.
            int sign = gstreamer
                    .gst()
                    .gst_segment_position_from_running_time_full(
                            segment, Memory.getInt(segment, Offsets.SEGMENT_FORMAT), runningTime, position);
            return sign > 0 ? Memory.getLong(position, 0) : Long.MIN_VALUE;
        }
    }
}
