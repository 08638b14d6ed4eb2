package dev.midframe.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Fields of C structures at absolute addresses. Nothing is checked: a wrong address ends the process. */
public final class Memory {

    private static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private Memory() {}

    /** Reads 32 bits. */
    public static int getInt(long structure, int offset) {
        return EVERYTHING.get(ValueLayout.JAVA_INT_UNALIGNED, structure + offset);
    }

    /** Writes 32 bits. */
    public static void putInt(long structure, int offset, int value) {
        EVERYTHING.set(ValueLayout.JAVA_INT_UNALIGNED, structure + offset, value);
    }

    /** Reads 64 bits, such as a pointer. */
    public static long getLong(long structure, int offset) {
        return EVERYTHING.get(ValueLayout.JAVA_LONG_UNALIGNED, structure + offset);
    }

    /** Writes 64 bits, such as a pointer. */
    public static void putLong(long structure, int offset, long value) {
        EVERYTHING.set(ValueLayout.JAVA_LONG_UNALIGNED, structure + offset, value);
    }

    /** A C string as Java text, null for a null pointer. */
    public static @Nullable String text(long address) {
        return address == 0 ? null : EVERYTHING.getString(address, StandardCharsets.UTF_8);
    }

    /** The same of a pointer as generated code has it. */
    public static @Nullable String text(MemorySegment pointer) {
        return text(pointer.address());
    }

    /** Bytes at an address, with bounds. */
    public static MemorySegment bytes(long address, long size) {
        return MemorySegment.ofAddress(address).reinterpret(size);
    }

    /** Bytes at an address, with bounds, that can be touched as long as the arena is open. */
    public static MemorySegment bytes(long address, long size, Arena arena) {
        return MemorySegment.ofAddress(address).reinterpret(size, arena, null);
    }
}
