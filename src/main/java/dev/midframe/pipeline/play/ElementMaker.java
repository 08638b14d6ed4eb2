package dev.midframe.pipeline.play;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.NativeStrings;
import dev.midframe.ffi.gst.GError;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.ObjectReference;
import dev.midframe.pipeline.OneLine;
import dev.midframe.pipeline.PipelineException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;

/** Makes the elements and bins of a player. What is made is the caller's. */
record ElementMaker(GStreamer gstreamer) {

    /** @throws PipelineException when there is none of that name, with what to install */
    ObjectReference element(String factory) {
        return owning(
                NativeStrings.call(factory, name -> gstreamer.elements().gst_element_factory_make(name, 0)), factory);
    }

    /**
     * A bin of what a pipeline description says.
     *
     * @param ghosts whether pads that nothing is linked to become the bin's
     */
    ObjectReference bin(String description, boolean ghosts) {
        try (Arena arena = Arena.ofConfined()) {
            long error = arena.allocate(ValueLayout.JAVA_LONG).address();
            long bin = gstreamer
                    .elements()
                    .gst_parse_bin_from_description_full(
                            arena.allocateFrom(description).address(), ghosts ? 1 : 0, 0, 0, error);
            GError reason = GError.take(gstreamer, Memory.getLong(error, 0));
            if (reason != null) {
                throw new PipelineException(OneLine.of(reason.message())
                        + "; apt-get install gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-x");
            }
            return owning(bin, description);
        }
    }

    /** The element of a name in a bin. */
    ObjectReference named(ObjectReference bin, String name) {
        return bin.get(container -> owning(
                NativeStrings.call(name, text -> gstreamer.elements().gst_bin_get_by_name(container, text)), name));
    }

    /** Makes a pad of an element the bin's, too. */
    void ghost(ObjectReference bin, String element, String padName) {
        try (ObjectReference inner = named(bin, element)) {
            long name = gstreamer.strings().lasting(padName);
            inner.use(address -> {
                long pad = gstreamer.elements().gst_element_get_static_pad(address, name);
                bin.use(container -> gstreamer
                        .elements()
                        .gst_element_add_pad(container, gstreamer.elements().gst_ghost_pad_new(name, pad)));
                gstreamer.elements().gst_object_unref(pad);
            });
        }
    }

    /** A floating reference becomes the caller's. */
    private ObjectReference owning(long element, String what) {
        if (element == 0) {
            throw new PipelineException("GStreamer has no " + what + "; ./midframe installs what is missing");
        }
        return ObjectReference.owning(gstreamer, gstreamer.elements().gst_object_ref_sink(element));
    }
}
