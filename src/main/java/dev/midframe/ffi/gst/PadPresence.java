package dev.midframe.ffi.gst;

/** GstPadPresence: when an element has the pads of a template. */
public enum PadPresence {
    ALWAYS,
    SOMETIMES,
    REQUEST;

    /** That of a pad's template; pads of bins, as autoaudiosink is one, may have none: these are always there. */
    public static PadPresence of(GStreamer gstreamer, long pad) {
        long template = gstreamer.elements().gst_pad_get_pad_template(pad);
        if (template == 0) {
            return ALWAYS;
        }
        try {
            return ofTemplate(gstreamer, template);
        } finally {
            gstreamer.elements().gst_object_unref(template);
        }
    }

    /** That of a GstPadTemplate. */
    public static PadPresence ofTemplate(GStreamer gstreamer, long template) {
        return switch (ObjectProperties.get(gstreamer, template, "presence").orElse("")) {
            case "GST_PAD_SOMETIMES" -> SOMETIMES;
            case "GST_PAD_REQUEST" -> REQUEST;
            default -> ALWAYS;
        };
    }
}
