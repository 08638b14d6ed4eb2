package dev.midframe.onnx.kernels;

import dev.midframe.film.graph.CustomOp;
import dev.midframe.onnx.kernels.sampling.FeatureSampler;
import java.lang.foreign.MemorySegment;

/** {@link CustomOp#INT8_FLOW_INPUT}. */
record Int8FlowInput() implements Computation {

    @Override
    public void run(FloatTensor[] inputs, Outputs outputs) {
        FloatTensor[] pictures = {inputs[0], inputs[1]};
        FloatTensor flow = inputs[2];
        int height = flow.height();
        int width = flow.width();
        int channels = pictures[0].shape()[3];
        MemorySegment both = outputs.allocate(0, 2, height, width, 2 * channels).data();
        FeatureSampler sampler = new FeatureSampler(width, height, channels);
        for (int image = 0; image < 2; image++) {
            MemorySegment own = pictures[image].data();
            for (int y = 0; y < height; y++) {
                long row = ((long) image * height + y) * width * 2 * channels;
                for (int x = 0; x < width; x++) {
                    long place = ((long) y * width + x) * channels;
                    MemorySegment.copy(own, place, both, row + (long) x * 2 * channels, channels);
                }
                sampler.locate(flow, image, y);
                sampler.sampleBytes(pictures[1 - image].data(), both, row + channels, 2L * channels, 1, 0);
            }
        }
    }
}
