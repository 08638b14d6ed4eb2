package dev.midframe.pipeline.play;

import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.ObjectProperties;
import dev.midframe.ffi.gst.ObjectReference;
import dev.midframe.ffi.gst.References;

/** Lets a playing pipeline's window fill the screen. */
final class FullScreen {

    private final GStreamer gstreamer;
    private final ObjectReference pipeline;

    /** @param pipeline is lent */
    FullScreen(GStreamer gstreamer, ObjectReference pipeline) {
        this.gstreamer = gstreamer;
        this.pipeline = pipeline;
    }

    /** @return whether the sink can do that */
    boolean fill(boolean whole) {
        return pipeline.get(bin -> {
            try (var references = new References(gstreamer)) {
                return references.all(gstreamer.elements().gst_bin_iterate_recurse(bin)).stream()
                                .filter(element -> ObjectProperties.get(gstreamer, element, "fullscreen")
                                        .isPresent())
                                .peek(sink ->
                                        ObjectProperties.set(gstreamer, sink, "fullscreen", Boolean.toString(whole)))
                                .count()
                        > 0;
            }
        });
    }
}
