package dev.midframe.onnx.kernels;

import dev.midframe.onnx.lowering.CustomOp;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.List;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link CustomOp#INT8_AVERAGE_POOL_2X2}. */
record Int8AveragePool2x2() implements Computation {

    /** Channels come in sixteens ({@code ActivationRanges}). */
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;

    private static final VectorSpecies<Short> SUMS = ShortVector.SPECIES_256;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    @Override
    public void run(List<FloatTensor> inputs, Outputs outputs, ParallelRows parallel) {
        MemorySegment from = inputs.getFirst().data();
        int[] shape = inputs.getFirst().shape();
        int rows = shape[0] * shape[1] / 2;
        int width = shape[2] / 2;
        int channels = shape[3];
        MemorySegment to =
                outputs.allocate(0, shape[0], shape[1] / 2, width, channels).data();
        parallel.run(rows, (long) width * channels / 8, (first, end) -> pool(from, to, width, channels, first, end));
    }

    private static void pool(MemorySegment from, MemorySegment to, int width, int channels, int first, int end) {
        long line = 2L * width * channels;
        for (int y = first; y < end; y++) {
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < channels; channel += BYTES.length()) {
                    long index = 2L * y * line + 2L * x * channels + channel;
                    ShortVector sum = load(from, index)
                            .add(load(from, index + channels))
                            .add(load(from, index + line))
                            .add(load(from, index + line + channels));
                    sum.add((short) 2)
                            .lanewise(VectorOperators.LSHR, 2)
                            .convertShape(VectorOperators.S2B, BYTES, 0)
                            .intoMemorySegment(to, ((long) y * width + x) * channels + channel, ORDER);
                }
            }
        }
    }

    private static ShortVector load(MemorySegment from, long index) {
        return (ShortVector) ByteVector.fromMemorySegment(BYTES, from, index, ORDER)
                .convertShape(VectorOperators.ZERO_EXTEND_B2S, SUMS, 0);
    }
}
