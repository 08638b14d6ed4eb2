package dev.midframe.ffi.gst;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.NativeStrings;
import java.lang.foreign.Arena;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The properties of a GObject, as text. */
public final class ObjectProperties {

    private static final long TYPE_STRING = 16 << 2;

    private ObjectProperties() {}

    /**
     * A property's value: a string as it is, a number in digits, an enumeration by its C name.
     *
     * @return empty where there is no such property, it is NULL, or no text
     */
    public static Optional<String> get(GStreamer gstreamer, long object, String property) {
        GObjects gobjects = gstreamer.gobjects();
        try (Arena arena = Arena.ofConfined()) {
            long name = arena.allocateFrom(property).address();
            if (gobjects.g_object_class_find_property(Memory.getLong(object, 0), name) == 0) {
                return Optional.empty();
            }
            long value = arena.allocate(Offsets.VALUE_SIZE, 8).address();
            gobjects.g_object_get_property(object, name, value);
            try {
                return Optional.ofNullable(text(gstreamer, value));
            } finally {
                gobjects.g_value_unset(value);
            }
        }
    }

    /** Sets a property that is a GstElement; the reference stays the caller's. */
    public static void setObject(GStreamer gstreamer, long object, String property, long content) {
        GObjects gobjects = gstreamer.gobjects();
        try (Arena arena = Arena.ofConfined()) {
            long type = gstreamer.elements().gst_element_get_type();
            long value =
                    gobjects.g_value_init(arena.allocate(Offsets.VALUE_SIZE, 8).address(), type);
            gobjects.g_value_set_object(value, content);
            gobjects.g_object_set_property(object, arena.allocateFrom(property).address(), value);
            gobjects.g_value_unset(value);
        }
    }

    /** A GValue as text, null where it is none. */
    public static @Nullable String text(GStreamer gstreamer, long value) {
        GObjects gobjects = gstreamer.gobjects();
        try (Arena arena = Arena.ofConfined()) {
            long text =
                    gobjects.g_value_init(arena.allocate(Offsets.VALUE_SIZE, 8).address(), TYPE_STRING);
            try {
                return gobjects.g_value_transform(value, text) == 0
                        ? null
                        : Memory.text(gobjects.g_value_get_string(text));
            } finally {
                gobjects.g_value_unset(text);
            }
        }
    }

    /** Sets a property from what a pipeline description would say behind {@code =}. */
    public static void set(GStreamer gstreamer, long object, String property, String text) {
        NativeStrings.with(
                property,
                name -> NativeStrings.with(
                        text, value -> gstreamer.elements().gst_util_set_object_arg(object, name, value)));
    }
}
