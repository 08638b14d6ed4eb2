package dev.midframe.element.caps;

import dev.midframe.cadence.OutputRate;
import dev.midframe.cadence.Ratio;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.Gst;
import java.util.function.LongConsumer;

/** Which caps fit on the other pad: the same but for the frame rate. */
public final class CapsTransform {

    public static final int DIRECTION_SRC = 1;
    public static final int DIRECTION_SINK = 2;

    private static final int INTERSECT_FIRST = 1;

    private final GStreamer gstreamer;
    private final FrameRates rates;
    private final long frameRate;
    private final long largestFrameRate;

    public CapsTransform(GStreamer gstreamer) {
        this.gstreamer = gstreamer;
        this.rates = new FrameRates(gstreamer);
        this.frameRate = gstreamer.strings().lasting("framerate");
        this.largestFrameRate = gstreamer.strings().lasting("max-framerate");
    }

    /**
     * Caps for the other pad.
     *
     * @param direction of the pad that the caps are for
     * @param filter caps to intersect with, or 0
     * @return caps owned by the caller
     */
    public long transform(int direction, long caps, long filter, OutputRate rate) {
        long result =
                switch (rate) {
                    case OutputRate.Factor(Ratio factor) when direction == DIRECTION_SINK -> scaled(caps, factor);
                    case OutputRate.Factor(Ratio factor) ->
                        scaled(caps, new Ratio(factor.denominator(), factor.numerator()));
                    case OutputRate.FramesPerSecond(Ratio fps) when direction == DIRECTION_SINK -> fixed(caps, fps);
                    case OutputRate.FramesPerSecond(Ratio fps) -> freed(caps, fps);
                };
        if (filter == 0) {
            return result;
        }
        long filtered = gstreamer.gst().gst_caps_intersect_full(filter, result, INTERSECT_FIRST);
        gstreamer.gst().gst_mini_object_unref(result);
        return filtered;
    }

    private long scaled(long caps, Ratio scale) {
        return changed(caps, structure -> {
            rates.scale(structure, frameRate, scale);
            rates.scale(structure, largestFrameRate, scale);
        });
    }

    private long fixed(long caps, Ratio fps) {
        return changed(caps, structure -> {
            rates.set(structure, frameRate, fps);
            gstreamer.gst().gst_structure_remove_field(structure, largestFrameRate);
        });
    }

    /** What may come in at any rate, where that rate may leave. */
    private long freed(long caps, Ratio fps) {
        Gst gst = gstreamer.gst();
        long wanted = fixed(caps, fps);
        long possible = gst.gst_caps_intersect_full(caps, wanted, INTERSECT_FIRST);
        gst.gst_mini_object_unref(wanted);
        long free = changed(possible, structure -> gst.gst_structure_remove_field(structure, frameRate));
        gst.gst_mini_object_unref(possible);
        return free;
    }

    private long changed(long caps, LongConsumer change) {
        Gst gst = gstreamer.gst();
        long copy = gst.gst_mini_object_copy(caps);
        for (int i = 0; i < gst.gst_caps_get_size(copy); i++) {
            change.accept(gst.gst_caps_get_structure(copy, i));
        }
        return copy;
    }
}
