package dev.midframe.element;

import dev.midframe.ffi.NativeStrings;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.Gst;

/** What the element posts on its bus. */
public final class Messages {

    private static final int MESSAGE_ERROR = 1 << 1;
    private static final int LIBRARY_FAILED = 1;
    private static final int LIBRARY_SETTINGS = 5;
    private static final int STREAM_WRONG_TYPE = 4;

    private final GStreamer gstreamer;
    private final long element;

    /** @param element its GstElement, which outlives this */
    public Messages(GStreamer gstreamer, long element) {
        this.gstreamer = gstreamer;
        this.element = element;
    }

    /** The engine failed or cannot be had. */
    void engineError(String line) {
        error(gstreamer.gst().gst_library_error_quark(), LIBRARY_FAILED, line);
    }

    /** A property has a value that cannot be used. */
    void settingsError(String line) {
        error(gstreamer.gst().gst_library_error_quark(), LIBRARY_SETTINGS, line);
    }

    /** The stream is of a kind the element cannot work on. */
    void formatError(String line) {
        error(gstreamer.gst().gst_stream_error_quark(), STREAM_WRONG_TYPE, line);
    }

    /** The latency has changed: the pipeline should ask again. */
    void latency() {
        gstreamer.elements().gst_element_post_message(element, gstreamer.gst().gst_message_new_latency(element));
    }

    /** How far the building of an engine is, in percent: 100 when nothing is built any more. */
    public void engineBuild(String what, int percent) {
        String quoted = what.replace("\\", "\\\\").replace("\"", "\\\"");
        String structure = "midframe-engine, what=(string)\"" + quoted + "\", percent=(int)" + percent + ";";
        NativeStrings.with(structure, text -> {
            Gst gst = gstreamer.gst();
            long message = gst.gst_message_new_element(element, gst.gst_structure_from_string(text, 0));
            gstreamer.elements().gst_element_post_message(element, message);
        });
    }

    private void error(int domain, int code, String line) {
        long source = gstreamer.strings().lasting("midframe");
        NativeStrings.with(line, text -> gstreamer
                .elements()
                .gst_element_message_full(
                        element, MESSAGE_ERROR, domain, code, gstreamer.glib().g_strdup(text), 0, source, source, 0));
    }
}
