package dev.midframe.ffi.tensorrt;

import dev.midframe.ffi.StructType;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The sizes of a tensor.
 *
 * @param sizes outermost first, at most 8; -1 where unknown
 */
public record Dims(List<Long> sizes) {

    private static final long FIRST = 8;
    private static final StructLayout LAYOUT = MemoryLayout.structLayout(
            ValueLayout.JAVA_INT, MemoryLayout.paddingLayout(4), MemoryLayout.sequenceLayout(8, ValueLayout.JAVA_LONG));

    static final StructType<Dims> TYPE = new StructType<>(Dims.class, LAYOUT, Dims::read, Dims::write);

    public Dims {
        sizes = List.copyOf(sizes);
    }

    /** The sizes as given. */
    public static Dims of(long... sizes) {
        return new Dims(LongStream.of(sizes).boxed().toList());
    }

    /** Number of elements: the product of all sizes. */
    public long volume() {
        return sizes.stream().reduce(1L, Math::multiplyExact);
    }

    private static Dims read(MemorySegment memory) {
        int count = memory.get(ValueLayout.JAVA_INT, 0);
        if (count < 0 || count > 8) {
            throw new IllegalStateException("TensorRT gave a shape of " + count + " dimensions");
        }
        return new Dims(LongStream.range(0, count)
                .mapToObj(i -> memory.get(ValueLayout.JAVA_LONG, FIRST + Long.BYTES * i))
                .toList());
    }

    private static void write(Dims dims, MemorySegment memory) {
        memory.fill((byte) 0);
        memory.set(ValueLayout.JAVA_INT, 0, dims.sizes.size());
        for (int i = 0; i < dims.sizes.size(); i++) {
            memory.set(ValueLayout.JAVA_LONG, FIRST + (long) Long.BYTES * i, dims.sizes.get(i));
        }
    }

    @Override
    public String toString() {
        return String.join("x", sizes.stream().map(String::valueOf).toList());
    }
}
