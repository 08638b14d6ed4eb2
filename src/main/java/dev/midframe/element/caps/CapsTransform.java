package dev.midframe.element.caps;

import dev.midframe.cadence.OutputRate;
import dev.midframe.cadence.Ratio;
import dev.midframe.ffi.Memory;
import dev.midframe.ffi.NativeStrings;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.Gst;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which caps fit on the other pad: the same but for the frame rate. */
public final class CapsTransform {

    public static final int DIRECTION_SRC = 1;
    public static final int DIRECTION_SINK = 2;

    private static final int INTERSECT_FIRST = 1;
    private static final Pattern FRACTION = Pattern.compile("(\\d+)/(\\d+)");
    private static final String ANY_RATE = "[ 0/1, 2147483647/1 ]";

    private final GStreamer gstreamer;

    public CapsTransform(GStreamer gstreamer) {
        this.gstreamer = gstreamer;
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
            scale(structure, "framerate", scale);
            scale(structure, "max-framerate", scale);
        });
    }

    private long fixed(long caps, Ratio fps) {
        return changed(caps, structure -> {
            set(structure, gstreamer.strings().lasting("framerate"), fps.numerator() + "/" + fps.denominator());
            gstreamer
                    .gst()
                    .gst_structure_remove_field(structure, gstreamer.strings().lasting("max-framerate"));
        });
    }

    /** What may come in at any rate, where that rate may leave. */
    private long freed(long caps, Ratio fps) {
        Gst gst = gstreamer.gst();
        long wanted = fixed(caps, fps);
        long possible = gst.gst_caps_intersect_full(caps, wanted, INTERSECT_FIRST);
        gst.gst_mini_object_unref(wanted);
        long free = changed(
                possible,
                structure -> gst.gst_structure_remove_field(
                        structure, gstreamer.strings().lasting("framerate")));
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

    private void scale(long structure, String field, Ratio scale) {
        Gst gst = gstreamer.gst();
        long name = gstreamer.strings().lasting(field);
        long value = gst.gst_structure_get_value(structure, name);
        if (value == 0) {
            return;
        }
        long text = gst.gst_value_serialize(value);
        String scaled = scaled(String.valueOf(Memory.text(text)), scale);
        gstreamer.glib().g_free(text);
        set(structure, name, scaled);
    }

    // Ranges and lists can be parsed only as part of a structure.
    private void set(long structure, long field, String rate) {
        Gst gst = gstreamer.gst();
        NativeStrings.with("rate, rate=(fraction)" + rate, text -> {
            long parsed = gst.gst_structure_from_string(text, 0);
            if (parsed == 0) {
                throw new IllegalStateException("no frame rate: " + rate);
            }
            long value = gst.gst_structure_get_value(parsed, gstreamer.strings().lasting("rate"));
            gst.gst_structure_set_value(structure, field, value);
            gst.gst_structure_free(parsed);
        });
    }

    /** Scales every rate in the text of a fraction, range or list, but for those that mean "unknown" or "any". */
    public static String scaled(String rates, Ratio scale) {
        String scaled = FRACTION.matcher(rates)
                .replaceAll(match -> Matcher.quoteReplacement(
                        scaled(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)), scale)));
        boolean emptyRange = scaled.startsWith("[")
                && FRACTION.matcher(scaled)
                                .results()
                                .map(r -> r.group())
                                .distinct()
                                .count()
                        == 1;
        return emptyRange ? ANY_RATE : scaled;
    }

    private static String scaled(int numerator, int denominator, Ratio scale) {
        boolean unknown = numerator == 0;
        boolean any = numerator == Integer.MAX_VALUE && denominator == 1;
        boolean least = numerator == 1 && denominator == Integer.MAX_VALUE;
        if (unknown || any || least) {
            return numerator + "/" + denominator;
        }
        try {
            Ratio rate = new Ratio(numerator, denominator).times(scale);
            return rate.numerator() + "/" + rate.denominator();
        } catch (ArithmeticException tooFine) {
            double rate = (double) numerator / denominator * scale.numerator() / scale.denominator();
            return rate > 1 ? Integer.MAX_VALUE + "/1" : "1/" + Integer.MAX_VALUE;
        }
    }
}
