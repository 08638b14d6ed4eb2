package dev.midframe.onnx.kernels;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** A row of quantized positions, the channels of a position side by side, put together from lines of floats. */
public final class Int8Row {

    private static final VarHandle TWO = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
    private static final VarHandle FOUR = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final float LARGEST = 255;

    private final int width;
    private final int channels;
    private final byte[] row;
    private final byte[] rounded;

    /**
     * @param width positions
     * @param channels of a position
     * @param most how many values of a line belong to a position at most
     */
    public Int8Row(int width, int channels, int most) {
        this.width = width;
        this.channels = channels;
        this.row = new byte[width * channels + Lanes.FLOATS.length()];
        this.rounded = new byte[Lanes.whole(width * most)];
    }

    /**
     * Puts one, two or four neighbours of a line at a channel and the following ones: value * ratio + offset, rounded and
     * saturated.
     *
     * @param line whole vectors
     */
    public void put(float[] line, int neighbours, int channel, float ratio, float offset) {
        FloatVector ratios = FloatVector.broadcast(Lanes.FLOATS, ratio);
        FloatVector offsets = FloatVector.broadcast(Lanes.FLOATS, offset + 0.5f);
        for (int x = 0; x < width * neighbours; x += Lanes.FLOATS.length()) {
            FloatVector.fromArray(Lanes.FLOATS, line, x)
                    .fma(ratios, offsets)
                    .max(0)
                    .min(LARGEST)
                    .convert(VectorOperators.F2I, 0)
                    .convertShape(VectorOperators.I2B, Lanes.BYTES, 0)
                    .reinterpretAsBytes()
                    .intoArray(rounded, x);
        }
        int index = channel;
        switch (neighbours) {
            case 1 -> {
                for (int x = 0; x < width; x++, index += channels) {
                    row[index] = rounded[x];
                }
            }
            case 2 -> {
                for (int x = 0; x < width; x++, index += channels) {
                    TWO.set(row, index, (short) TWO.get(rounded, 2 * x));
                }
            }
            case 4 -> {
                for (int x = 0; x < width; x++, index += channels) {
                    FOUR.set(row, index, (int) FOUR.get(rounded, 4 * x));
                }
            }
            default -> throw new IllegalArgumentException(neighbours + " values a position");
        }
    }

    /**
     * Puts a vector's values, in blocks, at a channel and the following ones. Those that are too many spoil what follows, which
     * is to be put later.
     *
     * @param values of every position a block, of which a vector counts
     */
    public void putVectors(float[] values, int block, int lane, int channel, float ratio, float offset) {
        FloatVector ratios = FloatVector.broadcast(Lanes.FLOATS, ratio);
        FloatVector offsets = FloatVector.broadcast(Lanes.FLOATS, offset + 0.5f);
        // Rounded as above, and written out again: a vector that leaves a method may become an object.
        for (int x = 0; x < width; x++) {
            FloatVector.fromArray(Lanes.FLOATS, values, x * block + lane)
                    .fma(ratios, offsets)
                    .max(0)
                    .min(LARGEST)
                    .convert(VectorOperators.F2I, 0)
                    .convertShape(VectorOperators.I2B, Lanes.BYTES, 0)
                    .reinterpretAsBytes()
                    .intoArray(row, x * channels + channel);
        }
    }

    /** Writes the row. */
    public void write(FloatTensor to, int y) {
        int count = width * channels;
        MemorySegment.copy(row, 0, to.data(), ValueLayout.JAVA_BYTE, (long) y * count, count);
    }
}
