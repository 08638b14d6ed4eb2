package dev.midframe.ffi.gst;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.NativeStrings;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.OptionalInt;

/** A GstMessage off a bus, for as long as this is open. */
public final class Message implements AutoCloseable {

    // GstMessageType
    public static final int EOS = 1;
    public static final int ERROR = 1 << 1;
    public static final int WARNING = 1 << 2;
    public static final int TAG = 1 << 4;
    public static final int BUFFERING = 1 << 5;
    public static final int APPLICATION = 1 << 14;
    public static final int ELEMENT = 1 << 15;
    public static final int LATENCY = 1 << 19;
    public static final int ASYNC_DONE = 1 << 21;
    /** Stands for all whose type is this bit and a number. */
    public static final int EXTENDED = 1 << 31;

    public static final int STREAM_COLLECTION = EXTENDED + 4;

    private final GStreamer gstreamer;
    private final long address;

    private Message(GStreamer gstreamer, long address) {
        this.gstreamer = gstreamer;
        this.address = address;
    }

    /**
     * Takes the next message of some types off a bus, and throws those before it away.
     *
     * @param types bits to wait for
     * @return empty when none came in time
     */
    public static Optional<Message> pop(GStreamer gstreamer, long bus, long timeoutNanos, int types) {
        long message = gstreamer.elements().gst_bus_timed_pop_filtered(bus, timeoutNanos, types);
        return message == 0 ? Optional.empty() : Optional.of(new Message(gstreamer, message));
    }

    /** The GstMessage, for what this class does not offer. */
    public long address() {
        return address;
    }

    /** One of the bits above, or another. */
    public int type() {
        return Memory.getInt(address, Offsets.MESSAGE_TYPE);
    }

    /** The name of the object that posted it; empty where nobody says so. */
    public Optional<String> sourceName() {
        long source = Memory.getLong(address, Offsets.MESSAGE_SOURCE);
        return source == 0 ? Optional.empty() : Optional.of(gstreamer.name(source));
    }

    /** The name of the factory of the element that posted it, or of what else did. */
    public Optional<String> sourceFactory() {
        long source = Memory.getLong(address, Offsets.MESSAGE_SOURCE);
        if (source == 0) {
            return Optional.empty();
        }
        boolean element = gstreamer.isA(source, gstreamer.elements().gst_element_get_type());
        return Optional.of(element ? gstreamer.factory(source) : gstreamer.name(source));
    }

    /** What an error or a warning says, for people. */
    public String text() {
        return said().text();
    }

    /** What an error or a warning says beside, for programmers; may be empty. */
    public String debugText() {
        return said().debugText();
    }

    private record Said(String text, String debugText) {}

    private Said said() {
        try (Arena arena = Arena.ofConfined()) {
            long error = arena.allocate(ValueLayout.JAVA_LONG, 2).address();
            long debug = error + Long.BYTES;
            if (type() == ERROR) {
                gstreamer.gst().gst_message_parse_error(address, error, debug);
            } else {
                gstreamer.gst().gst_message_parse_warning(address, error, debug);
            }
            GError taken = GError.take(gstreamer, Memory.getLong(error, 0));
            long details = Memory.getLong(debug, 0);
            try {
                String text = details == 0 ? null : Memory.text(details);
                return new Said(taken == null ? "no reason given" : taken.message(), text == null ? "" : text);
            } finally {
                gstreamer.glib().g_free(details);
            }
        }
    }

    /** The name of its structure; empty where it has none. */
    public Optional<String> structureName() {
        long structure = structure();
        return structure == 0
                ? Optional.empty()
                : Optional.ofNullable(Memory.text(gstreamer.gst().gst_structure_get_name(structure)));
    }

    /** A text of its structure. */
    public Optional<String> string(String field) {
        long structure = structure();
        return structure == 0
                ? Optional.empty()
                : Optional.ofNullable(Memory.text(
                        NativeStrings.call(field, name -> gstreamer.gst().gst_structure_get_string(structure, name))));
    }

    /** A number of its structure. */
    public OptionalInt integer(String field) {
        long structure = structure();
        try (Arena arena = Arena.ofConfined()) {
            long value = arena.allocate(ValueLayout.JAVA_INT).address();
            long name = arena.allocateFrom(field).address();
            return structure != 0 && gstreamer.gst().gst_structure_get_int(structure, name, value) != 0
                    ? OptionalInt.of(Memory.getInt(value, 0))
                    : OptionalInt.empty();
        }
    }

    private long structure() {
        return gstreamer.gst().gst_message_get_structure(address);
    }

    @Override
    public void close() {
        gstreamer.gst().gst_mini_object_unref(address);
    }
}
