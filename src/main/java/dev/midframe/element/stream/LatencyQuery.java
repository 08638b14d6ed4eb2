package dev.midframe.element.stream;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.Gst;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;

/**
 * What a LATENCY query says.
 *
 * @param live whether the source cannot wait
 * @param minimum nanoseconds that frames are late
 * @param maximum nanoseconds that they can be held, -1 for ever
 */
public record LatencyQuery(boolean live, long minimum, long maximum) {

    private static final long FOREVER = -1;

    /** Reads an answered query. */
    public static LatencyQuery read(Gst gst, long query) {
        try (Arena arena = Arena.ofConfined()) {
            long live = arena.allocate(ValueLayout.JAVA_LONG, 3).address();
            long minimum = live + 8;
            long maximum = live + 16;
            gst.gst_query_parse_latency(query, live, minimum, maximum);
            return new LatencyQuery(
                    Memory.getInt(live, 0) != 0, Memory.getLong(minimum, 0), Memory.getLong(maximum, 0));
        }
    }

    /** Asks what is upstream of an element's sink pad. */
    public static LatencyQuery upstream(GStreamer gstreamer, long sinkPad) {
        Gst gst = gstreamer.gst();
        long query = gst.gst_query_new_latency();
        try {
            return gstreamer.elements().gst_pad_peer_query(sinkPad, query) == 0
                    ? new LatencyQuery(false, 0, FOREVER)
                    : read(gst, query);
        } finally {
            gst.gst_mini_object_unref(query);
        }
    }

    /** With nanoseconds more. */
    public LatencyQuery plus(long nanos) {
        return new LatencyQuery(live, minimum + nanos, maximum == FOREVER ? FOREVER : maximum + nanos);
    }

    /** Puts it into a query. */
    public void write(Gst gst, long query) {
        gst.gst_query_set_latency(query, live ? 1 : 0, minimum, maximum);
    }
}
