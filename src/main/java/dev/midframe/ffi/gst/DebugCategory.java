package dev.midframe.ffi.gst;

import dev.midframe.ffi.NativeStrings;
import java.util.function.Supplier;

/** A category of GStreamer's own log, which the variable {@code GST_DEBUG} turns on: {@code GST_DEBUG=midframe:5}. */
public final class DebugCategory {

    /** GstDebugLevel. */
    public enum Level {
        INFO(4),
        DEBUG(5);

        private final int number;

        Level(int number) {
            this.number = number;
        }
    }

    private final GStreamer gstreamer;
    private final long category;
    private final long source;

    /** Makes the category; the same name again gives the same one. */
    public DebugCategory(GStreamer gstreamer, String name, String description) {
        this.gstreamer = gstreamer;
        NativeStrings strings = gstreamer.strings();
        this.category =
                gstreamer.elements()._gst_debug_category_new(strings.lasting(name), 0, strings.lasting(description));
        this.source = strings.lasting("java");
    }

    /**
     * Logs a line where the level is asked for.
     *
     * @param object the GObject that it is about
     */
    public void log(Level level, long object, Supplier<String> line) {
        if (gstreamer.elements().gst_debug_category_get_threshold(category) >= level.number) {
            NativeStrings.with(line.get(), text -> gstreamer
                    .elements()
                    .gst_debug_log_literal(category, level.number, source, source, 0, object, text));
        }
    }
}
