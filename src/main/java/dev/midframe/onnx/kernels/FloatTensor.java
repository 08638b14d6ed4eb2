package dev.midframe.onnx.kernels;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A tensor of 32-bit floats, or of uint8 where {@code CustomOp} says so, that an operator reads or writes.
 *
 * @param data row-major; valid while the operator runs
 * @param shape outermost dimension first
 */
public record FloatTensor(MemorySegment data, int... shape) {

    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    int batch() {
        return shape[0];
    }

    public int channels() {
        return shape[1];
    }

    public int height() {
        return shape[2];
    }

    public int width() {
        return shape[3];
    }

    /** Positions of a channel. */
    public int plane() {
        return height() * width();
    }

    public float get(long index) {
        return data.getAtIndex(FLOAT, index);
    }

    public void set(long index, float value) {
        data.setAtIndex(FLOAT, index, value);
    }

    /** Copies elements from an index on into an array. */
    public void read(long index, float[] target, int start, int count) {
        MemorySegment.copy(data, FLOAT, index * Float.BYTES, target, start, count);
    }

    /** A copy of one channel, in an array to be given back. */
    public float[] copy(int channel, Scratch scratch) {
        float[] array = scratch.take(plane());
        read((long) channel * plane(), array, 0, array.length);
        return array;
    }

    /** Copies an array's first elements to where an index says. */
    public void write(float[] source, int count, long index) {
        MemorySegment.copy(source, 0, data, FLOAT, index * Float.BYTES, count);
    }
}
