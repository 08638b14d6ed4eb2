package dev.midframe.pipeline.input;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.Offsets;
import dev.midframe.ffi.gst.PadProbe;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Gives pictures their own times where libav's decoder paints each over the one before: GStreamer finds the first one's time in
 * all of them then (gst-libav 1.22). These decoders answer each packet at once, with one picture, so that its time is the
 * packet's.
 */
final class ReusedFrames {

    private static final Set<String> DECODERS = Set.of(
            "avdec_gif",
            "avdec_qtrle",
            "avdec_msrle",
            "avdec_flic",
            "avdec_cinepak",
            "avdec_rpza",
            "avdec_smc",
            "avdec_msvideo1",
            "avdec_8bps",
            "avdec_zmbv",
            "avdec_camtasia");

    private final GStreamer gstreamer;
    private volatile long pts = -1;
    private volatile long duration = -1;

    private ReusedFrames(GStreamer gstreamer) {
        this.gstreamer = gstreamer;
    }

    /** Watches a decoder, where it is one of these. Call before it leaves NULL. */
    static void stamp(GStreamer gstreamer, long decoder, String factory) {
        if (DECODERS.contains(factory)) {
            var frames = new ReusedFrames(gstreamer);
            frames.probe(decoder, "sink", buffer -> {
                frames.pts = Memory.getLong(buffer, Offsets.BUFFER_PTS);
                frames.duration = Memory.getLong(buffer, Offsets.BUFFER_DURATION);
            });
            frames.probe(decoder, "src", buffer -> {
                Memory.putLong(buffer, Offsets.BUFFER_PTS, frames.pts);
                Memory.putLong(buffer, Offsets.BUFFER_DURATION, frames.duration);
            });
        }
    }

    private void probe(long decoder, String name, LongConsumer use) {
        long pad = gstreamer
                .elements()
                .gst_element_get_static_pad(decoder, gstreamer.strings().lasting(name));
        gstreamer.callbacks().probe(gstreamer, pad, PadProbe.BUFFER, (self, info) -> {
            use.accept(Memory.getLong(info, Offsets.PROBE_DATA));
            return PadProbe.OK;
        });
        gstreamer.elements().gst_object_unref(pad);
    }
}
