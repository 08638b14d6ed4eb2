package dev.midframe.onnx.kernels;

import dev.midframe.film.model.Channels;
import dev.midframe.onnx.kernels.sampling.FeatureSampler;
import dev.midframe.onnx.lowering.CustomOp;
import dev.midframe.onnx.lowering.Operands;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** {@link CustomOp#FUSION_INPUT}. */
record FusionInput(int block) implements Computation {

    @Override
    public void run(List<FloatTensor> inputs, Outputs outputs) {
        Operands.FusionInput<FloatTensor> in = Operands.FusionInput.of(inputs);
        FloatTensor[] pictures = {in.first(), in.second()};
        FloatTensor[] flows = {in.toFirst(), in.toSecond()};
        int channels = pictures[0].channels();
        int width = pictures[0].width();
        int height = pictures[0].height();
        int flowChannels = Math.ceilDiv(Channels.FLOWS, block) * block;
        long features = (long) channels * flows[0].plane() * Float.BYTES;
        long blockBytes = (long) flows[0].plane() * block * Float.BYTES;
        long rowBytes = (long) width * block * Float.BYTES;
        FloatTensor all = outputs.allocate(0, 1, 2 * channels + flowChannels, height, width);
        FeatureSampler sampler = new FeatureSampler(width, height, block);
        for (int image = 0; image < 2; image++) {
            MemorySegment picture = pictures[image].data();
            for (int y = 0; y < height; y++) {
                sampler.locate(flows[image], 0, y);
                for (long start = 0; start < features; start += blockBytes) {
                    sampler.sample(picture, start, all.data(), image * features + start + y * rowBytes);
                }
            }
        }
        all.data().asSlice(2 * features).fill((byte) 0);
        for (int channel = 0; channel < Channels.FLOWS; channel++) {
            weave(flows[channel / 2], channel % 2, all, channel, 2L * channels * flows[0].plane());
        }
    }

    /** Puts one channel of a flow at its position in blocks. */
    private void weave(FloatTensor flow, int from, FloatTensor all, int channel, long start) {
        long to = start + (long) (channel / block) * block * flow.plane() + channel % block;
        long offset = (long) from * flow.plane();
        for (int index = 0; index < flow.plane(); index++) {
            all.set(to + (long) index * block, flow.get(offset + index));
        }
    }
}
