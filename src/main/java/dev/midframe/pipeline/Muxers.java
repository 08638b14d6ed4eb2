package dev.midframe.pipeline;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.GstElements;
import dev.midframe.ffi.gst.ObjectReference;
import dev.midframe.ffi.gst.PadPresence;
import dev.midframe.ffi.gst.References;
import java.util.List;

/** The elements of a pipeline that join streams into a file. */
final class Muxers {

    private final GStreamer gstreamer;
    private final GstElements elements;
    private final ObjectReference pipeline;

    /** @param pipeline is lent */
    Muxers(GStreamer gstreamer, ObjectReference pipeline) {
        this.gstreamer = gstreamer;
        this.elements = gstreamer.elements();
        this.pipeline = pipeline;
    }

    /** Signals every muxer that each of its streams has ended, so that it finalizes its file. Blocks while one is at work. */
    void end() {
        pipeline.useIfOpen(bin -> {
            try (var references = new References(gstreamer)) {
                for (long element : references.all(elements.gst_bin_iterate_recurse(bin))) {
                    if (isMuxer(element)) {
                        end(references.all(elements.gst_element_iterate_sink_pads(element)));
                    }
                }
            }
        });
    }

    private boolean isMuxer(long element) {
        long factory = elements.gst_element_get_factory(element);
        if (factory == 0 || gstreamer.isA(element, elements.gst_bin_get_type())) {
            return false;
        }
        long klass = gstreamer.strings().lasting("klass");
        String kind = Memory.text(elements.gst_element_factory_get_metadata(factory, klass));
        return kind != null && kind.contains("Muxer");
    }

    private void end(List<Long> pads) {
        for (long pad : pads) {
            if (PadPresence.of(gstreamer, pad) == PadPresence.REQUEST) {
                elements.gst_pad_send_event(pad, gstreamer.gst().gst_event_new_eos());
            }
        }
    }
}
