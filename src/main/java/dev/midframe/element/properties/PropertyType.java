package dev.midframe.element.properties;

import dev.midframe.element.Libraries;
import dev.midframe.element.Memory;
import dev.midframe.element.NativeStrings;
import dev.midframe.element.Offsets;
import dev.midframe.element.caps.Fraction;
import java.util.Locale;

/** A GObject type of property: how it is declared and how its value is read from and written to a GValue. */
interface PropertyType<T> {

    /** Declares it. */
    long declare(Libraries libraries, NativeStrings strings, Label label);

    /** The value of a GValue. */
    T read(Libraries libraries, long value);

    /** Puts a value into a GValue. */
    void write(Libraries libraries, long value, T content);

    /** What every declaration needs: C strings for name and description, and GParamFlags. */
    record Label(long name, long blurb, int flags) {}

    /** A fraction of any sign: what is out of range is refused with a message, not replaced in silence. */
    record FractionType(Fraction initial) implements PropertyType<Fraction> {
        @Override
        public long declare(Libraries libraries, NativeStrings strings, Label label) {
            return libraries
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
        public Fraction read(Libraries libraries, long value) {
            return new Fraction(
                    libraries.gst().gst_value_get_fraction_numerator(value),
                    libraries.gst().gst_value_get_fraction_denominator(value));
        }

        @Override
        public void write(Libraries libraries, long value, Fraction content) {
            libraries.gst().gst_value_set_fraction(value, content.numerator(), content.denominator());
        }
    }

    /** Text. */
    record Text(String initial) implements PropertyType<String> {
        @Override
        public long declare(Libraries libraries, NativeStrings strings, Label label) {
            return libraries
                    .gobjects()
                    .g_param_spec_string(label.name, label.name, label.blurb, strings.lasting(initial), label.flags);
        }

        @Override
        public String read(Libraries libraries, long value) {
            String text = Memory.text(libraries.gobjects().g_value_get_string(value));
            return text == null ? initial : text;
        }

        @Override
        public void write(Libraries libraries, long value, String content) {
            NativeStrings.with(content, text -> libraries.gobjects().g_value_set_string(value, text));
        }
    }

    /** A whole number. */
    record Whole(int minimum, int maximum, int initial) implements PropertyType<Integer> {
        @Override
        public long declare(Libraries libraries, NativeStrings strings, Label label) {
            return libraries
                    .gobjects()
                    .g_param_spec_int(label.name, label.name, label.blurb, minimum, maximum, initial, label.flags);
        }

        @Override
        public Integer read(Libraries libraries, long value) {
            return libraries.gobjects().g_value_get_int(value);
        }

        @Override
        public void write(Libraries libraries, long value, Integer content) {
            libraries.gobjects().g_value_set_int(value, content);
        }
    }

    /** A real number. */
    record Real(double minimum, double maximum, double initial) implements PropertyType<Double> {
        @Override
        public long declare(Libraries libraries, NativeStrings strings, Label label) {
            return libraries
                    .gobjects()
                    .g_param_spec_double(label.name, label.name, label.blurb, minimum, maximum, initial, label.flags);
        }

        @Override
        public Double read(Libraries libraries, long value) {
            return libraries.gobjects().g_value_get_double(value);
        }

        @Override
        public void write(Libraries libraries, long value, Double content) {
            libraries.gobjects().g_value_set_double(value, content);
        }
    }

    /** A count or a time in nanoseconds, 0 or more. */
    record Count(long initial, long largest) implements PropertyType<Long> {
        @Override
        public long declare(Libraries libraries, NativeStrings strings, Label label) {
            return libraries
                    .gobjects()
                    .g_param_spec_uint64(label.name, label.name, label.blurb, 0, largest, initial, label.flags);
        }

        @Override
        public Long read(Libraries libraries, long value) {
            return libraries.gobjects().g_value_get_uint64(value);
        }

        @Override
        public void write(Libraries libraries, long value, Long content) {
            libraries.gobjects().g_value_set_uint64(value, content);
        }
    }

    /** One of a Java enum's constants, written in lower case. */
    record Choice<E extends Enum<E>>(E initial) implements PropertyType<E> {
        @Override
        public long declare(Libraries libraries, NativeStrings strings, Label label) {
            return libraries
                    .gobjects()
                    .g_param_spec_enum(
                            label.name,
                            label.name,
                            label.blurb,
                            type(libraries, strings),
                            initial.ordinal(),
                            label.flags);
        }

        @Override
        public E read(Libraries libraries, long value) {
            return constants()[libraries.gobjects().g_value_get_enum(value)];
        }

        @Override
        public void write(Libraries libraries, long value, E content) {
            libraries.gobjects().g_value_set_enum(value, content.ordinal());
        }

        private E[] constants() {
            return initial.getDeclaringClass().getEnumConstants();
        }

        private long type(Libraries libraries, NativeStrings strings) {
            long typeName =
                    strings.lasting("Midframe" + initial.getDeclaringClass().getSimpleName());
            long known = libraries.gobjects().g_type_from_name(typeName);
            if (known != 0) {
                return known;
            }
            E[] constants = constants();
            long values = strings.lasting((constants.length + 1L) * Offsets.ENUM_VALUE_SIZE);
            for (E constant : constants) {
                long nick = strings.lasting(constant.name().toLowerCase(Locale.ROOT));
                long entry = values + (long) constant.ordinal() * Offsets.ENUM_VALUE_SIZE;
                Memory.putInt(entry, 0, constant.ordinal());
                Memory.putLong(entry, 8, nick);
                Memory.putLong(entry, 16, nick);
            }
            return libraries.gobjects().g_enum_register_static(typeName, values);
        }
    }
}
