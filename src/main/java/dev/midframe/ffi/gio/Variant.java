package dev.midframe.ffi.gio;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.NativeStrings;
import java.util.Objects;
import java.util.Optional;

/** A value of D-Bus, for as long as this is open. The caller knows its type. */
public final class Variant implements AutoCloseable {

    private final long address;

    /** Takes over a reference. */
    Variant(long address) {
        this.address = address;
    }

    /** Reads GVariant's text format, which is the program's own: what comes from outside is {@link #quoted}. */
    static Variant parse(String text) {
        long address = NativeStrings.call(text, chars -> Gio.get().g_variant_parse(0, chars, 0, 0, 0));
        if (address == 0) {
            throw new IllegalArgumentException("this is no text of a GVariant: " + text);
        }
        return new Variant(address);
    }

    /** Any text as a string in GVariant's text format. */
    public static String quoted(String text) {
        var quoted = new StringBuilder("'");
        text.codePoints()
                .forEach(point -> quoted.append(
                        Character.isLetterOrDigit(point) && point < 128
                                ? Character.toString(point)
                                : "\\U%08x".formatted(point)));
        return quoted.append('\'').toString();
    }

    long address() {
        return address;
    }

    /** One of a tuple's or an array's parts. */
    public Variant child(int index) {
        return new Variant(Gio.get().g_variant_get_child_value(address, index));
    }

    /** What is in a variant's variant. */
    public Variant unboxed() {
        return new Variant(Gio.get().g_variant_get_variant(address));
    }

    /** What a dictionary of variants has under a name. */
    public Optional<Variant> lookup(String name) {
        long found = NativeStrings.call(name, chars -> Gio.get().g_variant_lookup_value(address, chars, 0));
        return found == 0 ? Optional.empty() : Optional.of(new Variant(found));
    }

    /** An unsigned number of 32 bits. */
    public int number() {
        return Gio.get().g_variant_get_uint32(address);
    }

    /** A string, or the path of an object. */
    public String text() {
        return Objects.requireNonNull(Memory.text(Gio.get().g_variant_get_string(address, 0)), "it is a string");
    }

    @Override
    public void close() {
        Gio.get().g_variant_unref(address);
    }
}
