package dev.midframe.element;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Fields of C structures at absolute addresses. */
public final class Memory {

    private static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private Memory() {}

    public static int getInt(long structure, int offset) {
        return EVERYTHING.get(ValueLayout.JAVA_INT_UNALIGNED, structure + offset);
    }

    public static void putInt(long structure, int offset, int value) {
        EVERYTHING.set(ValueLayout.JAVA_INT_UNALIGNED, structure + offset, value);
    }

    public static long getLong(long structure, int offset) {
        return EVERYTHING.get(ValueLayout.JAVA_LONG_UNALIGNED, structure + offset);
    }

    public static void putLong(long structure, int offset, long value) {
        EVERYTHING.set(ValueLayout.JAVA_LONG_UNALIGNED, structure + offset, value);
    }

    /** A C string as Java text, null for a null pointer. */
    static @Nullable public String text(long address) {
        return address == 0 ? null : EVERYTHING.getString(address, StandardCharsets.UTF_8);
    }

    /** Bytes at an address, with bounds. */
    public static MemorySegment bytes(long address, long size) {
        return MemorySegment.ofAddress(address).reinterpret(size);
    }
}
