package dev.midframe.pipeline.play;

import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.ObjectReference;
import dev.midframe.pipeline.VideoCaps;

/** What an element sends at the moment. */
final class SourceCaps {

    private SourceCaps() {}

    /** The caps of its pad {@code src}; unknown ones before there are any. */
    static VideoCaps of(GStreamer gstreamer, ObjectReference sender) {
        return sender.get(element -> {
            long pad = gstreamer
                    .elements()
                    .gst_element_get_static_pad(element, gstreamer.strings().lasting("src"));
            long caps = gstreamer.elements().gst_pad_get_current_caps(pad);
            gstreamer.elements().gst_object_unref(pad);
            VideoCaps read = VideoCaps.of(gstreamer, caps);
            if (caps != 0) {
                gstreamer.gst().gst_mini_object_unref(caps);
            }
            return read;
        });
    }
}
