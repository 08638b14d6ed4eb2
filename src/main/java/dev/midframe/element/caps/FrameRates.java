package dev.midframe.element.caps;

import dev.midframe.cadence.Ratio;
import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.Gst;
import dev.midframe.ffi.gst.Offsets;
import java.lang.foreign.Arena;
import java.util.function.LongConsumer;

/** Frame rates in caps: a GValue that holds a fraction, a range of fractions, or a list of either. */
public final class FrameRates {

    private static final Fraction UNKNOWN = new Fraction(0, 1);
    private static final Fraction LARGEST = new Fraction(Integer.MAX_VALUE, 1);
    private static final Fraction SMALLEST = new Fraction(1, Integer.MAX_VALUE);

    private final GStreamer gstreamer;
    private final long fraction;
    private final long range;
    private final long list;

    public FrameRates(GStreamer gstreamer) {
        this.gstreamer = gstreamer;
        this.fraction = gstreamer.gst().gst_fraction_get_type();
        this.range = gstreamer.gst().gst_fraction_range_get_type();
        this.list = gstreamer.gst().gst_value_list_get_type();
    }

    /** Sets a field of a structure to one rate. */
    void set(long structure, long field, Ratio rate) {
        with(fraction, value -> write(value, new Fraction(rate.numerator(), rate.denominator())), value -> gstreamer
                .gst()
                .gst_structure_set_value(structure, field, value));
    }

    /** Scales every rate in a field of a structure, but for those that mean "unknown" or "any"; nothing where there is none. */
    public void scale(long structure, long field, Ratio scale) {
        long rates = gstreamer.gst().gst_structure_get_value(structure, field);
        if (rates != 0) {
            scaled(rates, scale, value -> gstreamer.gst().gst_structure_set_value(structure, field, value));
        }
    }

    /** Lends the scaled rates; what is no rate is lent as it is. */
    private void scaled(long rates, Ratio scale, LongConsumer use) {
        long type = Memory.getLong(rates, Offsets.VALUE_TYPE);
        if (type == fraction) {
            with(type, value -> write(value, scaled(read(rates), scale)), use);
        } else if (type == range) {
            with(type, value -> scaledRange(rates, scale, value), use);
        } else if (type == list) {
            with(type, value -> scaledList(rates, scale, value), use);
        } else {
            use.accept(rates);
        }
    }

    private void scaledRange(long rates, Ratio scale, long target) {
        Gst gst = gstreamer.gst();
        Fraction least = scaled(read(gst.gst_value_get_fraction_range_min(rates)), scale);
        Fraction most = scaled(read(gst.gst_value_get_fraction_range_max(rates)), scale);
        boolean empty = least.equals(most);
        Fraction from = empty ? UNKNOWN : least;
        Fraction to = empty ? LARGEST : most;
        gst.gst_value_set_fraction_range_full(
                target, from.numerator(), from.denominator(), to.numerator(), to.denominator());
    }

    private void scaledList(long rates, Ratio scale, long target) {
        Gst gst = gstreamer.gst();
        for (int index = 0; index < gst.gst_value_list_get_size(rates); index++) {
            scaled(
                    gst.gst_value_list_get_value(rates, index),
                    scale,
                    value -> gst.gst_value_list_append_value(target, value));
        }
    }

    private static Fraction scaled(Fraction rate, Ratio scale) {
        if (rate.numerator() == 0 || rate.equals(LARGEST) || rate.equals(SMALLEST)) {
            return rate;
        }
        try {
            Ratio scaled = rate.ratio().times(scale);
            return new Fraction(scaled.numerator(), scaled.denominator());
        } catch (ArithmeticException tooFine) {
            double approximate =
                    (double) rate.numerator() / rate.denominator() * scale.numerator() / scale.denominator();
            return approximate > 1 ? LARGEST : SMALLEST;
        }
    }

    private Fraction read(long value) {
        Gst gst = gstreamer.gst();
        return new Fraction(gst.gst_value_get_fraction_numerator(value), gst.gst_value_get_fraction_denominator(value));
    }

    private void write(long value, Fraction rate) {
        gstreamer.gst().gst_value_set_fraction(value, rate.numerator(), rate.denominator());
    }

    /** Lends a value of a type for the time of its use. */
    private void with(long type, LongConsumer fill, LongConsumer use) {
        try (Arena arena = Arena.ofConfined()) {
            long value = arena.allocate(Offsets.VALUE_SIZE, 8).address();
            gstreamer.gobjects().g_value_init(value, type);
            try {
                fill.accept(value);
                use.accept(value);
            } finally {
                gstreamer.gobjects().g_value_unset(value);
            }
        }
    }
}
