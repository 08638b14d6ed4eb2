package dev.midframe.element.properties;

import dev.midframe.element.caps.Fraction;
import dev.midframe.ffi.Memory;
import dev.midframe.ffi.NativeStrings;
import dev.midframe.ffi.gst.GObjects;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.Offsets;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.ToLongBiFunction;

/** A GObject type of property: how it is declared and how its value is read from and written to a GValue. */
sealed interface PropertyType<T> {

    /** Declares it. */
    long declare(GStreamer gstreamer, Label label);

    /** The value of a GValue. */
    T read(GStreamer gstreamer, long value);

    /** Puts a value into a GValue. */
    void write(GStreamer gstreamer, long value, T content);

    /** What every declaration needs: C strings for name and description, and GParamFlags. */
    record Label(long name, long blurb, int flags) {}

    /** A fraction of any sign: what is out of range is refused with a message, not replaced in silence. */
    record FractionType(Fraction initial) implements PropertyType<Fraction> {
        @Override
        public long declare(GStreamer gstreamer, Label label) {
            return gstreamer
                    .gst()
                    .gst_param_spec_fraction(
                            label.name,
                            label.name,
                            label.blurb,
                            -Integer.MAX_VALUE,
                            1,
                            Integer.MAX_VALUE,
                            1,
                            initial.numerator(),
                            initial.denominator(),
                            label.flags);
        }

        @Override
        public Fraction read(GStreamer gstreamer, long value) {
            return new Fraction(
                    gstreamer.gst().gst_value_get_fraction_numerator(value),
                    gstreamer.gst().gst_value_get_fraction_denominator(value));
        }

        @Override
        public void write(GStreamer gstreamer, long value, Fraction content) {
            gstreamer.gst().gst_value_set_fraction(value, content.numerator(), content.denominator());
        }
    }

    /** Text. */
    record Text(String initial) implements PropertyType<String> {
        @Override
        public long declare(GStreamer gstreamer, Label label) {
            return gstreamer
                    .gobjects()
                    .g_param_spec_string(
                            label.name,
                            label.name,
                            label.blurb,
                            gstreamer.strings().lasting(initial),
                            label.flags);
        }

        @Override
        public String read(GStreamer gstreamer, long value) {
            String text = Memory.text(gstreamer.gobjects().g_value_get_string(value));
            return text == null ? initial : text;
        }

        @Override
        public void write(GStreamer gstreamer, long value, String content) {
            NativeStrings.with(content, text -> gstreamer.gobjects().g_value_set_string(value, text));
        }
    }

    /** A number of one of GObject's types, from a minimum to a maximum. */
    record Number<T>(
            T minimum,
            T maximum,
            T initial,
            ToLongBiFunction<GObjects, Label> declaration,
            BiFunction<GObjects, Long, T> getter,
            NumberSetter<T> setter)
            implements PropertyType<T> {

        /** A whole number. */
        static Number<Integer> whole(int minimum, int maximum, int initial) {
            return new Number<>(
                    minimum,
                    maximum,
                    initial,
                    (objects, label) -> objects.g_param_spec_int(
                            label.name, label.name, label.blurb, minimum, maximum, initial, label.flags),
                    GObjects::g_value_get_int,
                    GObjects::g_value_set_int);
        }

        /** A real number. */
        static Number<Double> real(double minimum, double maximum, double initial) {
            return new Number<>(
                    minimum,
                    maximum,
                    initial,
                    (objects, label) -> objects.g_param_spec_double(
                            label.name, label.name, label.blurb, minimum, maximum, initial, label.flags),
                    GObjects::g_value_get_double,
                    GObjects::g_value_set_double);
        }

        /** A count or a time in nanoseconds, 0 or more. */
        static Number<Long> count(long initial, long largest) {
            return new Number<>(
                    0L,
                    largest,
                    initial,
                    (objects, label) -> objects.g_param_spec_uint64(
                            label.name, label.name, label.blurb, 0, largest, initial, label.flags),
                    GObjects::g_value_get_uint64,
                    GObjects::g_value_set_uint64);
        }

        @Override
        public long declare(GStreamer gstreamer, Label label) {
            return declaration.applyAsLong(gstreamer.gobjects(), label);
        }

        @Override
        public T read(GStreamer gstreamer, long value) {
            return getter.apply(gstreamer.gobjects(), value);
        }

        @Override
        public void write(GStreamer gstreamer, long value, T content) {
            setter.set(gstreamer.gobjects(), value, content);
        }
    }

    /** Puts a number into a GValue. */
    interface NumberSetter<T> {
        void set(GObjects objects, long value, T content);
    }

    /** One of a Java enum's constants, written in lower case. */
    record Choice<E extends Enum<E>>(E initial) implements PropertyType<E> {
        @Override
        public long declare(GStreamer gstreamer, Label label) {
            return gstreamer
                    .gobjects()
                    .g_param_spec_enum(
                            label.name, label.name, label.blurb, type(gstreamer), initial.ordinal(), label.flags);
        }

        @Override
        public E read(GStreamer gstreamer, long value) {
            return constants()[gstreamer.gobjects().g_value_get_enum(value)];
        }

        @Override
        public void write(GStreamer gstreamer, long value, E content) {
            gstreamer.gobjects().g_value_set_enum(value, content.ordinal());
        }

        /** All that may be chosen. */
        E[] constants() {
            return initial.getDeclaringClass().getEnumConstants();
        }

        private long type(GStreamer gstreamer) {
            long typeName = gstreamer
                    .strings()
                    .lasting("Midframe" + initial.getDeclaringClass().getSimpleName());
            long known = gstreamer.gobjects().g_type_from_name(typeName);
            if (known != 0) {
                return known;
            }
            E[] constants = constants();
            long values = gstreamer.strings().lasting((constants.length + 1L) * Offsets.ENUM_VALUE_SIZE);
            for (E constant : constants) {
                long nick = gstreamer.strings().lasting(constant.name().toLowerCase(Locale.ROOT));
                long entry = values + (long) constant.ordinal() * Offsets.ENUM_VALUE_SIZE;
                Memory.putInt(entry, 0, constant.ordinal());
                Memory.putLong(entry, 8, nick);
                Memory.putLong(entry, 16, nick);
            }
            return gstreamer.gobjects().g_enum_register_static(typeName, values);
        }
    }
}
