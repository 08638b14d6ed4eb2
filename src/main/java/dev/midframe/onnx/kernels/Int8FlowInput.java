package dev.midframe.onnx.kernels;

import dev.midframe.onnx.kernels.sampling.FeatureSampler;
import dev.midframe.onnx.lowering.CustomOp;
import dev.midframe.onnx.lowering.Operands;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** {@link CustomOp#INT8_FLOW_INPUT}. */
record Int8FlowInput() implements Computation {

    @Override
    public void run(List<FloatTensor> inputs, Outputs outputs, ParallelRows parallel) {
        Operands.FlowInput<FloatTensor> in = Operands.FlowInput.of(inputs);
        int height = in.flow().height();
        int width = in.flow().width();
        int channels = in.first().shape()[3];
        MemorySegment both = outputs.allocate(0, 2, height, width, 2 * channels).data();
        parallel.run(2 * height, (long) width * channels / 2, (from, to) -> rows(in, both, from, to));
    }

    /** Rows of the first picture's answer, then those of the second's. */
    private static void rows(Operands.FlowInput<FloatTensor> in, MemorySegment both, int from, int to) {
        FloatTensor[] pictures = {in.first(), in.second()};
        FloatTensor flow = in.flow();
        int height = flow.height();
        int width = flow.width();
        int channels = in.first().shape()[3];
        FeatureSampler sampler = new FeatureSampler(width, height, channels);
        for (int row = from; row < to; row++) {
            int image = row / height;
            int y = row % height;
            MemorySegment own = pictures[image].data();
            long start = (long) row * width * 2 * channels;
            for (int x = 0; x < width; x++) {
                long index = ((long) y * width + x) * channels;
                MemorySegment.copy(own, index, both, start + (long) x * 2 * channels, channels);
            }
            sampler.locate(flow, image, y);
            sampler.sampleInt8(pictures[1 - image].data(), both, start + channels, 2L * channels, 1, 0);
        }
    }
}
