package dev.midframe.pipeline;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.ObjectProperties;
import dev.midframe.ffi.gst.ObjectReference;
import dev.midframe.ffi.gst.Offsets;
import dev.midframe.ffi.gst.PadProbe;
import java.util.Optional;
import java.util.function.LongConsumer;

/** An element of a {@link MediaPipeline}, which owns it: it can be asked until the pipeline is closed, by any thread. */
public final class PipelineElement {

    private final GStreamer gstreamer;
    private final ObjectReference reference;

    /** @param reference is lent */
    PipelineElement(GStreamer gstreamer, ObjectReference reference) {
        this.gstreamer = gstreamer;
        this.reference = reference;
    }

    ObjectReference reference() {
        return reference;
    }

    /** Its name in the pipeline. */
    public String name() {
        return reference.name();
    }

    /** A property as text; empty where there is none of this name, or it has no value. */
    public Optional<String> property(String name) {
        return reference.get(element -> ObjectProperties.get(gstreamer, element, name));
    }

    /** A property that counts; 0 where there is none of this name. */
    public long number(String name) {
        return property(name).map(Long::parseLong).orElse(0L);
    }

    /** Sets a property from what a description would say behind {@code =}. */
    public void set(String name, String value) {
        reference.use(element -> ObjectProperties.set(gstreamer, element, name, value));
    }

    /** Watches what passes one of its pads, which it always has; all of it goes on. */
    void probe(String padName, int types, LongConsumer passing) {
        reference.use(element -> {
            long pad = gstreamer
                    .elements()
                    .gst_element_get_static_pad(element, gstreamer.strings().lasting(padName));
            gstreamer.callbacks().probe(gstreamer, pad, types, (_, info) -> {
                passing.accept(Memory.getLong(info, Offsets.PROBE_DATA));
                return PadProbe.OK;
            });
            gstreamer.elements().gst_object_unref(pad);
        });
    }

    /** What one of its pads, which it always has, carries; empty before that is agreed on. */
    public Optional<VideoCaps> caps(String padName) {
        return reference.get(element -> {
            long pad = gstreamer
                    .elements()
                    .gst_element_get_static_pad(element, gstreamer.strings().lasting(padName));
            long caps = gstreamer.elements().gst_pad_get_current_caps(pad);
            gstreamer.elements().gst_object_unref(pad);
            if (caps == 0) {
                return Optional.empty();
            }
            try {
                return Optional.of(VideoCaps.of(gstreamer, caps));
            } finally {
                gstreamer.gst().gst_mini_object_unref(caps);
            }
        });
    }
}
