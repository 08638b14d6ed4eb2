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
    public void run(List<FloatTensor> inputs, Outputs outputs, ParallelRows parallel) {
        Operands.FusionInput<FloatTensor> in = Operands.FusionInput.of(inputs);
        int channels = in.first().channels();
        int width = in.first().width();
        int height = in.first().height();
        int flowChannels = Math.ceilDiv(Channels.FLOWS, block) * block;
        FloatTensor all = outputs.allocate(0, 1, 2 * channels + flowChannels, height, width);
        parallel.run(height, (long) width * channels, (from, to) -> rows(in, all, from, to));
    }

    private void rows(Operands.FusionInput<FloatTensor> in, FloatTensor all, int from, int to) {
        FloatTensor[] pictures = {in.first(), in.second()};
        FloatTensor[] flows = {in.toFirst(), in.toSecond()};
        int channels = in.first().channels();
        int width = in.first().width();
        long features = (long) channels * all.plane() * Float.BYTES;
        long blockBytes = (long) all.plane() * block * Float.BYTES;
        long rowBytes = (long) width * block * Float.BYTES;
        FeatureSampler sampler = new FeatureSampler(width, all.height(), block);
        for (int y = from; y < to; y++) {
            for (int image = 0; image < 2; image++) {
                sampler.locate(flows[image], 0, y);
                MemorySegment picture = pictures[image].data();
                for (long start = 0; start < features; start += blockBytes) {
                    sampler.sample(picture, start, all.data(), image * features + start + y * rowBytes);
                }
            }
            for (long start = 2 * features; start < all.data().byteSize(); start += blockBytes) {
                all.data().asSlice(start + y * rowBytes, rowBytes).fill((byte) 0);
            }
            for (int channel = 0; channel < Channels.FLOWS; channel++) {
                weave(flows[channel / 2], channel % 2, y, all, 2 * channels + channel);
            }
        }
    }

    /** Puts a row of one channel of a flow at its position in blocks. */
    private void weave(FloatTensor flow, int from, int y, FloatTensor all, int channel) {
        long row = (long) y * flow.width();
        long offset = (long) from * flow.plane() + row;
        long to = ((long) (channel / block) * flow.plane() + row) * block + channel % block;
        for (int x = 0; x < flow.width(); x++) {
            all.set(to + (long) x * block, flow.get(offset + x));
        }
    }
}
