package dev.midframe.onnx.kernels;

import dev.midframe.onnx.kernels.sampling.FeatureSampler;
import dev.midframe.onnx.lowering.CustomOp;
import dev.midframe.onnx.lowering.Operands;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** {@link CustomOp#INT8_FLOW_INPUT}. */
record Int8FlowInput() implements Computation {

    @Override
    public void run(List<FloatTensor> inputs, Outputs outputs) {
        Operands.FlowInput<FloatTensor> in = Operands.FlowInput.of(inputs);
        FloatTensor[] pictures = {in.first(), in.second()};
        FloatTensor flow = in.flow();
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
                    long index = ((long) y * width + x) * channels;
                    MemorySegment.copy(own, index, both, row + (long) x * 2 * channels, channels);
                }
                sampler.locate(flow, image, y);
                sampler.sampleInt8(pictures[1 - image].data(), both, row + channels, 2L * channels, 1, 0);
            }
        }
    }
}
