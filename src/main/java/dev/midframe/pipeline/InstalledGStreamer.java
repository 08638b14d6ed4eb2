package dev.midframe.pipeline;

import dev.midframe.ffi.NativeStrings;
import dev.midframe.ffi.gst.GStreamer;

/** What of GStreamer is installed here. */
public final class InstalledGStreamer {

    private InstalledGStreamer() {}

    /**
     * Its version, for example {@code 1.22.0}.
     *
     * @throws LinkageError when it cannot be used, with what to do
     */
    public static String version() {
        return GStreamer.get().version();
    }

    /** Whether a plugin has an element of this name. */
    public static boolean has(String element) {
        GStreamer gstreamer = GStreamer.get();
        long factory = NativeStrings.call(element, gstreamer.elements()::gst_element_factory_find);
        if (factory != 0) {
            gstreamer.elements().gst_object_unref(factory);
        }
        return factory != 0;
    }
}
