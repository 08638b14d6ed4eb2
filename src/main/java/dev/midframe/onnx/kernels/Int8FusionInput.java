package dev.midframe.onnx.kernels;

import dev.midframe.film.model.Channels;
import dev.midframe.onnx.kernels.sampling.FeatureSampler;
import dev.midframe.onnx.lowering.CustomOp;
import dev.midframe.onnx.lowering.Operands;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** {@link CustomOp#INT8_FUSION_INPUT}. */
record Int8FusionInput() implements Computation {

    private static final int LARGEST = 127;
    private static final ValueLayout.OfInt FOUR_ELEMENTS =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    @Override
    public void run(List<FloatTensor> inputs, Outputs outputs, ParallelRows parallel) {
        Operands.FusionInput<FloatTensor> in = Operands.FusionInput.of(inputs);
        int height = in.toFirst().height();
        int width = in.toFirst().width();
        int channels = in.first().shape()[3];
        int step = 2 * channels + Channels.FLOWS * Integer.BYTES;
        MemorySegment all = outputs.allocate(0, 1, height, width, step).data();
        parallel.run(height, (long) width * step / 2, (from, to) -> rows(in, all, step, from, to));
    }

    private static void rows(Operands.FusionInput<FloatTensor> in, MemorySegment all, int step, int from, int to) {
        FloatTensor[] pictures = {in.first(), in.second()};
        FloatTensor[] flows = {in.toFirst(), in.toSecond()};
        FloatTensor quantization = Objects.requireNonNull(in.quantization());
        float ratio = quantization.get(0);
        int zero = (int) quantization.get(2);
        float offset = zero - ratio * quantization.get(1);
        float flowScale = quantization.get(3);
        int width = flows[0].width();
        int channels = pictures[0].shape()[3];
        FeatureSampler sampler = new FeatureSampler(width, flows[0].height(), channels);
        FlowElements elements = new FlowElements(width, 1 / flowScale, zero);
        for (int y = from; y < to; y++) {
            long row = (long) y * width * step;
            for (int image = 0; image < 2; image++) {
                sampler.locate(flows[image], 0, y);
                sampler.sampleInt8(pictures[image].data(), all, row + (long) image * channels, step, ratio, offset);
            }
            for (int channel = 0; channel < Channels.FLOWS; channel++) {
                FloatTensor flow = flows[channel / 2];
                elements.split(flow, (long) (channel % 2) * flow.plane() + (long) y * width);
                long index = row + 2L * channels + (long) channel * Integer.BYTES;
                for (int x = 0; x < width; x++) {
                    all.set(FOUR_ELEMENTS, index, elements.packed[x]);
                    index += step;
                }
            }
        }
    }

    /** Rows of a flow, each value as the sum of four elements, the first as large as they can be; saturated. */
    private static final class FlowElements {

        final int[] packed;
        private final float[] values;
        private final int width;
        private final float ratio;
        private final int zero;

        FlowElements(int width, float ratio, int zero) {
            int stored = Lanes.whole(width);
            this.packed = new int[stored];
            this.values = new float[stored];
            this.width = width;
            this.ratio = ratio;
            this.zero = zero;
        }

        void split(FloatTensor flow, long start) {
            flow.read(start, values, 0, width);
            float bound = Integer.BYTES * LARGEST;
            for (int x = 0; x < values.length; x += Lanes.FLOATS.length()) {
                FloatVector cut = FloatVector.fromArray(Lanes.FLOATS, values, x)
                        .mul(ratio)
                        .max(-bound)
                        .min(bound);
                IntVector rest = ((IntVector) cut.add(bound + 0.5f).convert(VectorOperators.F2I, 0)).sub((int) bound);
                IntVector sum = rest.broadcast(0);
                for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                    IntVector taken = rest.max(-LARGEST).min(LARGEST);
                    sum = sum.or(taken.add(zero).and(0xff).lanewise(VectorOperators.LSHL, shift));
                    rest = rest.sub(taken);
                }
                sum.intoArray(packed, x);
            }
        }
    }
}
