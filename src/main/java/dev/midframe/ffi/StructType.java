package dev.midframe.ffi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A C structure that binding interfaces pass as a Java value: returned by value, taken by reference.
 *
 * @param type the Java type
 * @param layout the structure in memory
 * @param read from memory of that layout
 * @param write into memory of that layout
 * @param <T> the Java type
 */
public record StructType<T>(
        Class<T> type, StructLayout layout, Function<MemorySegment, T> read, BiConsumer<T, MemorySegment> write) {

    Object readFrom(MemorySegment memory) {
        return read.apply(memory);
    }

    void writeTo(Object value, MemorySegment memory) {
        write.accept(type.cast(value), memory);
    }
}
