package dev.midframe.ffi.tensorrt;

import dev.midframe.ffi.tensorrt.generated.Dims;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The sizes of a tensor.
 *
 * @param sizes outermost first, at most 8; -1 where unknown
 */
public record Shape(List<Long> sizes) {

    public Shape {
        sizes = List.copyOf(sizes);
    }

    /** The sizes as given. */
    public static Shape of(long... sizes) {
        return new Shape(LongStream.of(sizes).boxed().toList());
    }

    /** The sizes in a C structure. */
    public static Shape of(MemorySegment dims) {
        int count = Dims.nbDims(dims);
        if (count < 0 || count > Dims.d$dimensions()[0]) {
            throw new IllegalStateException("TensorRT gave a shape of " + count + " dimensions");
        }
        return new Shape(
                LongStream.range(0, count).mapToObj(i -> Dims.d(dims, i)).toList());
    }

    /** Number of elements: the product of all sizes. */
    public long volume() {
        return sizes.stream().reduce(1L, Math::multiplyExact);
    }

    @Override
    public String toString() {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining("x"));
    }
}
