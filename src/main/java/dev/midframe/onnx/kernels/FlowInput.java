package dev.midframe.onnx.kernels;

import dev.midframe.onnx.kernels.sampling.FeatureSampler;
import dev.midframe.onnx.lowering.CustomOp;
import dev.midframe.onnx.lowering.Operands;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** {@link CustomOp#FLOW_INPUT}. */
record FlowInput(int block) implements Computation {

    @Override
    public void run(List<FloatTensor> inputs, Outputs outputs, ParallelRows parallel) {
        Operands.FlowInput<FloatTensor> in = Operands.FlowInput.of(inputs);
        int height = in.flow().height();
        int width = in.flow().width();
        int channels = in.first().channels();
        MemorySegment both = outputs.allocate(0, 2, 2 * channels, height, width).data();
        parallel.run(2 * height, (long) width * channels / 2, (from, to) -> rows(in, both, from, to));
    }

    /** Rows of the first picture's answer, then those of the second's. */
    private void rows(Operands.FlowInput<FloatTensor> in, MemorySegment both, int from, int to) {
        FloatTensor[] pictures = {in.first(), in.second()};
        FloatTensor flow = in.flow();
        int width = flow.width();
        int height = flow.height();
        long features = (long) in.first().channels() * flow.plane() * Float.BYTES;
        long blockBytes = (long) flow.plane() * block * Float.BYTES;
        long rowBytes = (long) width * block * Float.BYTES;
        FeatureSampler sampler = new FeatureSampler(width, height, block);
        for (int row = from; row < to; row++) {
            int image = row / height;
            int y = row % height;
            long own = 2 * image * features;
            sampler.locate(flow, image, y);
            for (long start = y * rowBytes; start < features; start += blockBytes) {
                MemorySegment.copy(pictures[image].data(), start, both, own + start, rowBytes);
                sampler.sample(pictures[1 - image].data(), start - y * rowBytes, both, own + features + start);
            }
        }
    }
}
