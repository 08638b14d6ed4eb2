package dev.midframe.element;

/** The C libraries the element is written against. */
public record Libraries(GLib glib, GObjects gobjects, Gst gst, GstBase base, GstVideo video) {

    /**
     * Loads the libraries and checks that they are laid out as {@link Offsets} says.
     *
     * @throws LinkageError when one is missing or of another layout, with what to do
     */
    static Libraries load() {
        Libraries libraries = new Libraries(
                NativeFunctions.bind(GLib.class, "libglib-2.0.so.0"),
                NativeFunctions.bind(GObjects.class, "libgobject-2.0.so.0"),
                NativeFunctions.bind(Gst.class, "libgstreamer-1.0.so.0"),
                NativeFunctions.bind(GstBase.class, "libgstbase-1.0.so.0"),
                NativeFunctions.bind(GstVideo.class, "libgstvideo-1.0.so.0"));
        if (libraries.gst.gst_is_initialized() == 0) {
            throw new IllegalStateException("GStreamer is not initialized: call Gst.init first");
        }
        OffsetsCheck.run(libraries);
        return libraries;
    }
}
