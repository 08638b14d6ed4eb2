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
public final class Lateness implements Overload {

    private static final long NONE = -1;

    /** So much sooner than it took last time an engine is trusted again, as a share of the time that passes. */
    private static final int TRUST = 10;

    private static final long SECOND = 1_000_000_000;
    private static final long USUAL_FRAME = 40_000_000;

    /** A delay that has grown is taken for usual by this part of a frame each frame. */
    private static final int GROWTH = 64;

    private static final int WAY = 8;

    private final GStreamer gstreamer;
    private final long element;
    private volatile long earliest = NONE;
    /** A sink waits for frames' times: how far ahead of them the clock lets us work is worth asking. */
    private volatile boolean timedSink;
    /** What the last pairs took, and when that was on the system's own clock. */
    private volatile long cost;

    private volatile long costKnownAt;
    private volatile boolean generates;
    private long tookBefore;

    // The streaming thread's.
    private boolean live;
    /** What comes before a live stream's frames reach the element, as the pipeline says. */
    private long announcedDelay;
    /** The same as it is: the least lately seen, because waiting here makes frames come later. */
    private long usualDelay;

    private long heldNanos;
    private long frameNanos;

    public Lateness(GStreamer gstreamer, long element) {
        this.gstreamer = gstreamer;
        this.element = element;
    }

    /**
     * A stream begins.
     *
     * @param heldNanos how long the element holds its frames at most
     * @param frameNanos duration of a frame, 0 or less where it is unknown
     * @param generates whether it has an engine
     */
    public void begin(LatencyQuery upstream, long heldNanos, long frameNanos, boolean generates) {
        this.generates = generates;
        live = upstream.live();
        announcedDelay = upstream.minimum();
        usualDelay = Long.MAX_VALUE;
        this.heldNanos = heldNanos;
        this.frameNanos = frameNanos > 0 ? frameNanos : USUAL_FRAME;
    }

    /** A real frame has come. */
    public void arrived(long pts) {
        long now = live ? now() : NONE;
        long time = runningTime(pts);
        if (now != NONE && time != NONE) {
            long longest = usualDelay == Long.MAX_VALUE ? usualDelay : usualDelay + frameNanos / GROWTH;
            usualDelay = Math.min(now - time, longest);
        }
    }

    /** How long after their own time real frames leave at the latest. */
    private long allowance() {
        if (!live) {
            // On the way to a sink that shows them at their times.
            return -frameNanos / WAY;
        }
        return heldNanos + (usualDelay == Long.MAX_VALUE ? announcedDelay : Math.max(usualDelay, announcedDelay));
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
        return generates && (costKnownAt == 0 || System.nanoTime() - costKnownAt < SECOND + 2 * cost);
    }

    public void reset() {
        earliest = NONE;
        timedSink = false;
    }

    /** One that took long is no rule: the first warms up, and holds up those behind it. */
    @Override
    public void pairEnded(long begun) {
        long now = System.nanoTime();
        long took = now - (costKnownAt == 0 ? begun : Math.max(begun, costKnownAt));
        cost = Math.min(took, tookBefore);
        costKnownAt = now;
        tookBefore = took;
    }

    private long cost() {
        return costKnownAt == 0 ? 0 : Math.max(0, cost - (System.nanoTime() - costKnownAt) / TRUST);
    }

    /** Now, where the clock shows how late the stream is. */
    private long now() {
        return live || timedSink ? gstreamer.elements().gst_element_get_current_running_time(element) : NONE;
    }

    @Override
    public long nanosUntil(long pts) {
        long now = now();
        if (now == NONE) {
            return FOREVER;
        }
        long time = runningTime(pts);
        // Outside of the segment nobody will see it.
        return time == NONE ? 0 : time + allowance() - now;
    }

    private long runningTime(long pts) {
        long segment = element + Offsets.TRANSFORM_SEGMENT;
        return gstreamer
                .gst()
                .gst_segment_to_running_time(segment, Memory.getInt(segment, Offsets.SEGMENT_FORMAT), pts);
    }

    /** Sets which frames are not worth generating. */
    public void apply(Stream stream) {
        if (stream.waitsForEngine()) {
            stream.skipUntil(Long.MAX_VALUE, SkipReason.NO_ENGINE);
            return;
        }
        long now = now();
        // The middle between two frames is half a frame sooner than the one that must not be late.
        long byClock = now == NONE ? NONE : now + cost() - allowance() - (live ? frameNanos / 2 : 0);
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
