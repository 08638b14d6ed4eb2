package dev.midframe.pipeline;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.NativeStrings;
import dev.midframe.ffi.gst.GStreamer;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * What fixed caps say about frames, raw or coded.
 *
 * @param width in pixels, 0 where unknown
 * @param height in pixels, 0 where unknown
 * @param rateNumerator frames a second times {@code rateDenominator}, 0 where the rate varies or is unknown
 * @param rateDenominator 1 or more
 * @param colorimetry in GStreamer's words
 */
public record VideoCaps(int width, int height, int rateNumerator, int rateDenominator, Optional<String> colorimetry) {

    private static final VideoCaps UNKNOWN = new VideoCaps(0, 0, 0, 1, Optional.empty());

    /** Reads the first structure of GstCaps, which stay the caller's; there may be none, at 0. */
    public static VideoCaps of(GStreamer gstreamer, long caps) {
        if (caps == 0 || gstreamer.gst().gst_caps_get_size(caps) == 0) {
            return UNKNOWN;
        }
        long structure = gstreamer.gst().gst_caps_get_structure(caps, 0);
        try (Arena arena = Arena.ofConfined()) {
            long numbers = arena.allocate(ValueLayout.JAVA_INT, 4).address();
            NativeStrings strings = gstreamer.strings();
            gstreamer.gst().gst_structure_get_int(structure, strings.lasting("width"), numbers);
            gstreamer.gst().gst_structure_get_int(structure, strings.lasting("height"), numbers + 4);
            boolean rate = gstreamer
                            .gst()
                            .gst_structure_get_fraction(
                                    structure, strings.lasting("framerate"), numbers + 8, numbers + 12)
                    != 0;
            long colorimetry = gstreamer.gst().gst_structure_get_string(structure, strings.lasting("colorimetry"));
            return new VideoCaps(
                    Memory.getInt(numbers, 0),
                    Memory.getInt(numbers, 4),
                    rate ? Memory.getInt(numbers, 8) : 0,
                    rate ? Memory.getInt(numbers, 12) : 1,
                    Optional.ofNullable(Memory.text(colorimetry)));
        }
    }
}
