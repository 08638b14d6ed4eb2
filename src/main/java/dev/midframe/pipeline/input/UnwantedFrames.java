package dev.midframe.pipeline.input;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.Offsets;
import dev.midframe.ffi.gst.PadProbe;
import java.util.function.LongPredicate;

/** Keeps frames out of an element that are decoded only because others need them. */
public final class UnwantedFrames {

    private UnwantedFrames() {}

    /**
     * Drops those that come to an element's pad {@code sink}. Call before the pipeline leaves NULL.
     *
     * @param element is lent
     * @param unwanted by their presentation times in nanoseconds; asked in the streaming thread
     */
    public static void drop(GStreamer gstreamer, long element, LongPredicate unwanted) {
        long pad = gstreamer
                .elements()
                .gst_element_get_static_pad(element, gstreamer.strings().lasting("sink"));
        gstreamer.callbacks().probe(gstreamer, pad, PadProbe.BUFFER, (self, info) -> {
            long buffer = Memory.getLong(info, Offsets.PROBE_DATA);
            return unwanted.test(Memory.getLong(buffer, Offsets.BUFFER_PTS)) ? PadProbe.DROP : PadProbe.OK;
        });
        gstreamer.elements().gst_object_unref(pad);
    }
}
