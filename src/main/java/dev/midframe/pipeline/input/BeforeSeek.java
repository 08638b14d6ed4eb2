package dev.midframe.pipeline.input;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.Offsets;
import dev.midframe.ffi.gst.PadProbe;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps what comes before a seek out of an element, which then knows nothing of another place of the film. */
public final class BeforeSeek {

    private static final int EVENT_FLUSH_STOP = 5127;
    private static final int EVENT_SEGMENT = 17934;
    private static final int EVENT_EOS = 28174;

    private BeforeSeek() {}

    /**
     * Drops what comes to an element's pad {@code sink} until it has been flushed. Call before the pipeline leaves NULL.
     *
     * @param element is lent
     * @param later by how many nanoseconds stream time is later than timestamps: Matroska's demuxer tells another where it has
     *     seen an earlier packet of another track
     * @return ends when something has come, so that all up to there is linked and can be sought in
     */
    public static CompletableFuture<Void> hold(GStreamer gstreamer, long element, long later) {
        var arrived = new CompletableFuture<Void>();
        var flushed = new AtomicBoolean();
        long pad = gstreamer
                .elements()
                .gst_element_get_static_pad(element, gstreamer.strings().lasting("sink"));
        gstreamer.callbacks().probe(gstreamer, pad, PadProbe.BUFFER, (self, info) -> {
            arrived.complete(null);
            return flushed.get() ? PadProbe.OK : PadProbe.DROP;
        });
        gstreamer.callbacks().probe(gstreamer, pad, PadProbe.EVENT_DOWNSTREAM | PadProbe.EVENT_FLUSH, (self, info) -> {
            long event = Memory.getLong(info, Offsets.PROBE_DATA);
            int type = Memory.getInt(event, Offsets.EVENT_TYPE);
            if (type == EVENT_FLUSH_STOP) {
                flushed.set(true);
            }
            if (type == EVENT_SEGMENT && flushed.get()) {
                putRight(gstreamer, event, later);
            }
            if (type == EVENT_EOS && !flushed.get()) {
                arrived.complete(null);
                return PadProbe.DROP;
            }
            return PadProbe.OK;
        });
        gstreamer.elements().gst_object_unref(pad);
        return arrived;
    }

    private static void putRight(GStreamer gstreamer, long event, long later) {
        try (Arena arena = Arena.ofConfined()) {
            long pointer = arena.allocate(ValueLayout.JAVA_LONG).address();
            gstreamer.gst().gst_event_parse_segment(event, pointer);
            long segment = Memory.getLong(pointer, 0);
            Memory.putLong(segment, Offsets.SEGMENT_TIME, Memory.getLong(segment, Offsets.SEGMENT_START) + later);
        }
    }
}
