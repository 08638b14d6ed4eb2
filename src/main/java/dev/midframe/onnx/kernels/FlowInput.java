package dev.midframe.onnx.kernels;

import dev.midframe.onnx.kernels.sampling.FeatureSampler;
import dev.midframe.onnx.lowering.CustomOp;
import dev.midframe.onnx.lowering.Operands;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** {@link CustomOp#FLOW_INPUT}. */
record FlowInput(int block) implements Computation {

    @Override
    public void run(List<FloatTensor> inputs, Outputs outputs) {
        Operands.FlowInput<FloatTensor> in = Operands.FlowInput.of(inputs);
        FloatTensor[] pictures = {in.first(), in.second()};
        FloatTensor flow = in.flow();
        int channels = pictures[0].channels();
        int width = flow.width();
        int height = flow.height();
        long features = (long) channels * flow.plane() * Float.BYTES;
        long blockBytes = (long) flow.plane() * block * Float.BYTES;
        long rowBytes = (long) width * block * Float.BYTES;
        MemorySegment both = outputs.allocate(0, 2, 2 * channels, height, width).data();
        FeatureSampler sampler = new FeatureSampler(width, height, block);
        for (int image = 0; image < 2; image++) {
            long own = 2 * image * features;
            MemorySegment.copy(pictures[image].data(), 0, both, own, features);
            MemorySegment other = pictures[1 - image].data();
            for (int y = 0; y < height; y++) {
                sampler.locate(flow, image, y);
                for (long start = 0; start < features; start += blockBytes) {
                    sampler.sample(other, start, both, own + features + start + y * rowBytes);
                }
            }
        }
    }
}
