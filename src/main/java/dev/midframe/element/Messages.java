package dev.midframe.element;

/** What the element tells on its bus. */
public final class Messages {

    private static final int MESSAGE_ERROR = 1 << 1;
    private static final int LIBRARY_FAILED = 1;
    private static final int LIBRARY_SETTINGS = 5;
    private static final int STREAM_WRONG_TYPE = 4;

    private final Libraries libraries;
    private final NativeStrings strings;
    private final long element;

    Messages(Libraries libraries, NativeStrings strings, long element) {
        this.libraries = libraries;
        this.strings = strings;
        this.element = element;
    }

    /** The engine failed or cannot be had. */
    void engineError(String line) {
        error(libraries.gst().gst_library_error_quark(), LIBRARY_FAILED, line);
    }

    /** A property has a value that cannot be used. */
    void settingsError(String line) {
        error(libraries.gst().gst_library_error_quark(), LIBRARY_SETTINGS, line);
    }

    /** The stream is of a kind the element cannot work on. */
    void formatError(String line) {
        error(libraries.gst().gst_stream_error_quark(), STREAM_WRONG_TYPE, line);
    }

    /** The latency has changed: the pipeline should ask again. */
    void latency() {
        libraries.gst().gst_element_post_message(element, libraries.gst().gst_message_new_latency(element));
    }

    /** How far the building of an engine is, in percent: 100 when nothing is built any more. */
    public void engineBuild(String what, int percent) {
        String quoted = what.replace("\\", "\\\\").replace("\"", "\\\"");
        String structure = "midframe-engine, what=(string)\"" + quoted + "\", percent=(int)" + percent + ";";
        NativeStrings.with(structure, text -> {
            Gst gst = libraries.gst();
            long message = gst.gst_message_new_element(element, gst.gst_structure_from_string(text, 0));
            gst.gst_element_post_message(element, message);
        });
    }

    private void error(int domain, int code, String line) {
        long source = strings.lasting("midframe");
        NativeStrings.with(line, text -> libraries
                .gst()
                .gst_element_message_full(
                        element, MESSAGE_ERROR, domain, code, libraries.glib().g_strdup(text), 0, source, source, 0));
    }
}
