package dev.midframe.pipeline.input;

import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.ObjectProperties;
import dev.midframe.ffi.gst.ObjectReference;
import dev.midframe.ffi.gst.References;
import java.util.Optional;

/**
 * Keeps libav's decoders from ending the process. FFmpeg has pixel formats that GStreamer knows nothing of, such as gray10 and
 * yuv440p; a decoder that gets one and writes into GStreamer's own buffers crashes (gst-libav 1.22). With a copy of its own
 * it refuses the film instead, and so that the refusal is not overtaken, frames are not decoded side by side.
 */
public final class LibavDecoders {

    private static final String PREFIX = "avdec_";

    /** GStreamer knows every format it makes. */
    private static final String SAFE = "avdec_h264";

    private final GStreamer gstreamer;
    private final ObjectReference pipeline;

    /** @param pipeline is lent */
    public LibavDecoders(GStreamer gstreamer, ObjectReference pipeline) {
        this.gstreamer = gstreamer;
        this.pipeline = pipeline;
    }

    /** Call before the pipeline leaves NULL. */
    public void tame() {
        pipeline.use(bin -> ElementWatch.start(gstreamer, bin, element -> {
            String factory = gstreamer.factory(element);
            ReusedFrames.stamp(gstreamer, element, factory);
            if (factory.startsWith(PREFIX) && !factory.equals(SAFE)) {
                ObjectProperties.set(gstreamer, element, "direct-rendering", "false");
                ObjectProperties.set(gstreamer, element, "thread-type", "slice");
            }
        }));
    }

    /** The decoder that found no format for its frames, with what to do; empty where every decoder has one. */
    public Optional<String> withoutFormat() {
        return pipeline.get(bin -> {
            try (var references = new References(gstreamer)) {
                return references.all(gstreamer.elements().gst_bin_iterate_recurse(bin)).stream()
                        .filter(element -> gstreamer.factory(element).startsWith(PREFIX))
                        .filter(element -> hasCaps(element, "sink", references) && !hasCaps(element, "src", references))
                        .findFirst()
                        .map(element -> gstreamer.factory(element)
                                + " decodes the input into a pixel format that GStreamer does not know; convert it first,"
                                + " for example: ffmpeg -i INPUT -pix_fmt yuv420p10le -c:v ffv1 OUTPUT.mkv");
            }
        });
    }

    private boolean hasCaps(long element, String name, References references) {
        long pad = references.own(gstreamer
                .elements()
                .gst_element_get_static_pad(element, gstreamer.strings().lasting(name)));
        long caps = pad == 0 ? 0 : gstreamer.elements().gst_pad_get_current_caps(pad);
        if (caps != 0) {
            gstreamer.gst().gst_mini_object_unref(caps);
        }
        return caps != 0;
    }
}
