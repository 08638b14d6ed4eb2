package dev.midframe.film.weights;

import dev.midframe.film.ModelException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A named array, row-major (the last dimension runs fastest).
 *
 * @param name as the network names it, for example {@code fuse.output_conv.weight}
 * @param type of every element
 * @param shape sizes of the dimensions, outermost first; empty for a scalar
 * @param data exactly the elements, little-endian, not necessarily aligned
 */
public record Tensor(String name, Type type, List<Integer> shape, MemorySegment data) {

    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Element types, named as safetensors names them. */
    public enum Type {
        /** IEEE 754 binary32. */
        F32(4),
        /** IEEE 754 binary16. */
        F16(2);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        /** Bytes of one element. */
        public int bytes() {
            return bytes;
        }
    }

    public Tensor {
        shape = List.copyOf(shape);
        long bytes = elements(shape) * type.bytes;
        if (data.byteSize() != bytes) {
            throw new ModelException("tensor " + name + " " + shape + " of " + type + " needs " + bytes
                    + " bytes, but has " + data.byteSize());
        }
    }

    /** A tensor of 32-bit floats over a copy of an array. */
    public static Tensor of(String name, List<Integer> shape, float... values) {
        MemorySegment data = MemorySegment.ofArray(new byte[values.length * Float.BYTES]);
        MemorySegment.copy(values, 0, data, FLOAT, 0, values.length);
        return new Tensor(name, Type.F32, shape, data);
    }

    /** How many elements there are. */
    public long elements() {
        return elements(shape);
    }

    /** One element by its position in the row-major order. */
    public float get(long index) {
        return switch (type) {
            case F32 -> data.getAtIndex(FLOAT, index);
            case F16 -> Float.float16ToFloat(data.getAtIndex(HALF, index));
        };
    }

    /** All elements, copied. */
    public float[] toFloats() {
        float[] values = new float[Math.toIntExact(elements())];
        if (type == Type.F32) {
            MemorySegment.copy(data, FLOAT, 0, values, 0, values.length);
        } else {
            for (int index = 0; index < values.length; index++) {
                values[index] = get(index);
            }
        }
        return values;
    }

    /**
     * Refuses infinities and NaNs.
     *
     * @throws ModelException naming the tensor, the value and its index
     */
    public void requireFinite() {
        // A copy of all: looking at elements one by one in a segment is slow until it is compiled.
        float[] values = toFloats();
        for (int index = 0; index < values.length; index++) {
            if (!Float.isFinite(values[index])) {
                throw new ModelException("tensor " + name + " holds " + values[index] + " at " + index
                        + "; the weights are damaged or their training diverged");
            }
        }
    }

    private static long elements(List<Integer> shape) {
        long elements = 1;
        for (int size : shape) {
            elements = Math.multiplyExact(elements, (long) size);
        }
        return elements;
    }
}
