package dev.midframe.pipeline;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GStreamer;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * What fixed caps say about coded sound.
 *
 * @param type such as {@code audio/mpeg} or {@code audio/x-opus}
 * @param version of MPEG: 1 (MP3), 2 or 4 (AAC); 0 where there is none
 * @param rate samples a second, 0 where unknown
 * @param channels 0 where unknown
 * @param setup what a decoder is told before the first packet ({@code codec_data}), in hexadecimal digits
 */
public record SoundCaps(String type, int version, int rate, int channels, Optional<String> setup) {

    /** Reads the first structure of GstCaps, which stay the caller's. */
    static SoundCaps of(GStreamer gstreamer, long caps) {
        long structure = gstreamer.gst().gst_caps_get_structure(caps, 0);
        String type = Memory.text(gstreamer.gst().gst_structure_get_name(structure));
        return new SoundCaps(
                type == null ? "" : type,
                number(gstreamer, structure, "mpegversion"),
                number(gstreamer, structure, "rate"),
                number(gstreamer, structure, "channels"),
                setup(gstreamer, structure));
    }

    private static int number(GStreamer gstreamer, long structure, String field) {
        try (Arena arena = Arena.ofConfined()) {
            long number = arena.allocate(ValueLayout.JAVA_INT).address();
            gstreamer.gst().gst_structure_get_int(structure, gstreamer.strings().lasting(field), number);
            return Memory.getInt(number, 0);
        }
    }

    /** A buffer as a value is written in hexadecimal digits. */
    private static Optional<String> setup(GStreamer gstreamer, long structure) {
        long value = gstreamer
                .gst()
                .gst_structure_get_value(structure, gstreamer.strings().lasting("codec_data"));
        if (value == 0) {
            return Optional.empty();
        }
        long text = gstreamer.gst().gst_value_serialize(value);
        try {
            return Optional.ofNullable(Memory.text(text));
        } finally {
            gstreamer.glib().g_free(text);
        }
    }
}
