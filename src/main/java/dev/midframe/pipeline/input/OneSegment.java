package dev.midframe.pipeline.input;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.ObjectReference;
import dev.midframe.ffi.gst.Offsets;
import dev.midframe.ffi.gst.PadProbe;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps a Matroska film's time in one piece. The demuxer begins it at the first packet, and begins it again where another
 * track has an earlier one, as sound with an encoder's padding has: the first picture would stand apart from all others. For
 * pipelines of one track, in which nobody seeks.
 */
public final class OneSegment {

    private static final int EVENT_SEGMENT = 17934;

    private OneSegment() {}

    /** Call before the pipeline leaves NULL. */
    public static void keep(GStreamer gstreamer, ObjectReference pipeline) {
        pipeline.use(bin -> ElementWatch.start(gstreamer, bin, element -> {
            if (gstreamer.factory(element).equals("matroskademux")) {
                gstreamer.callbacks().connectWithArgument(gstreamer, element, "pad-added", (demuxer, pad) -> {
                    var begun = new AtomicBoolean();
                    gstreamer.callbacks().probe(gstreamer, pad, PadProbe.EVENT_DOWNSTREAM, (self, info) -> {
                        long event = Memory.getLong(info, Offsets.PROBE_DATA);
                        boolean segment = Memory.getInt(event, Offsets.EVENT_TYPE) == EVENT_SEGMENT;
                        return segment && begun.getAndSet(true) ? PadProbe.DROP : PadProbe.OK;
                    });
                    return 0;
                });
            }
        }));
    }
}
