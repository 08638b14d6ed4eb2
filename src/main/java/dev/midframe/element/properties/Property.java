package dev.midframe.element.properties;

import dev.midframe.element.Element;
import dev.midframe.ffi.gst.GStreamer;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One property of the element. What is set while playing takes effect with the next frame.
 *
 * @param name as users write it
 * @param blurb one line for users
 * @param type its GObject type
 * @param get its value now
 * @param set changes it, null where it is read only
 */
public record Property<T>(
        String name,
        String blurb,
        PropertyType<T> type,
        Function<Element, T> get,
        @Nullable BiConsumer<Element, T> set) {

    private static final int READABLE = 1;
    private static final int WRITABLE = 1 << 1;
    private static final int STATIC_STRINGS = 7 << 5;
    private static final int MUTABLE_PLAYING = 1 << 12;

    static <T> Property<T> setting(
            String name, String blurb, PropertyType<T> type, Function<Settings, T> get, BiConsumer<Settings, T> set) {
        return new Property<>(name, blurb, type, element -> get.apply(element.settings()), (element, value) -> {
            set.accept(element.settings(), value);
            element.settingsChanged();
        });
    }

    static <T> Property<T> reading(String name, String blurb, PropertyType<T> type, Function<Element, T> get) {
        return new Property<>(name, blurb, type, get, null);
    }

    /** Declares it as a GParamSpec. */
    public long declare(GStreamer gstreamer) {
        int flags = READABLE | STATIC_STRINGS | (set == null ? 0 : WRITABLE | MUTABLE_PLAYING);
        return type.declare(
                gstreamer,
                new PropertyType.Label(
                        gstreamer.strings().lasting(name), gstreamer.strings().lasting(blurb), flags));
    }

    /** Answers g_object_get. */
    public void read(GStreamer gstreamer, Element element, long value) {
        type.write(gstreamer, value, get.apply(element));
    }

    /** Obeys g_object_set. */
    public void write(GStreamer gstreamer, Element element, long value) {
        if (set != null) {
            set.accept(element, type.read(gstreamer, value));
        }
    }
}
