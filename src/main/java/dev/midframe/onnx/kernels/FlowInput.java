package dev.midframe.onnx.kernels;

import dev.midframe.film.graph.CustomOp;
import dev.midframe.onnx.kernels.sampling.FeatureSampler;
import java.lang.foreign.MemorySegment;

/** {@link CustomOp#FLOW_INPUT}. */
record FlowInput(int block) implements Computation {

    @Override
    public void run(FloatTensor[] inputs, Outputs outputs) {
        FloatTensor[] pictures = {inputs[0], inputs[1]};
        FloatTensor flow = inputs[2];
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
