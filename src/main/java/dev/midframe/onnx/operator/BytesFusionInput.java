package dev.midframe.onnx.operator;

import dev.midframe.film.CpuOperator;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** {@link CpuOperator#BYTES_FUSION_INPUT}. */
record BytesFusionInput() implements Computation {

    private static final int FLOW_CHANNELS = 4;
    private static final int LARGEST = 127;

    @Override
    public void run(FloatTensor[] inputs, Outputs outputs) {
        FloatTensor[] pictures = {inputs[0], inputs[1]};
        FloatTensor[] flows = {inputs[2], inputs[3]};
        float ratio = inputs[4].get(0);
        int zero = (int) inputs[4].get(2);
        float offset = zero - ratio * inputs[4].get(1);
        float flowScale = inputs[4].get(3);
        int flowBytes = (int) inputs[4].get(4);
        int height = flows[0].height();
        int width = flows[0].width();
        int channels = pictures[0].shape()[3];
        int step = 2 * channels + FLOW_CHANNELS * flowBytes;
        MemorySegment all = outputs.allocate(0, 1, height, width, step).data();
        FeatureSampler sampler = new FeatureSampler(width, height, channels);
        for (int y = 0; y < height; y++) {
            long row = (long) y * width * step;
            for (int image = 0; image < 2; image++) {
                sampler.locate(flows[image], 0, y);
                sampler.sampleBytes(pictures[image].data(), all, row + (long) image * channels, step, ratio, offset);
            }
            for (int channel = 0; channel < FLOW_CHANNELS; channel++) {
                FloatTensor flow = flows[channel / 2];
                long from = (long) (channel % 2) * flow.plane() + (long) y * width;
                long to = row + 2L * channels + (long) channel * flowBytes;
                for (int x = 0; x < width; x++) {
                    divide(Math.round(flow.get(from + x) / flowScale), flowBytes, zero, all, to + (long) x * step);
                }
            }
        }
    }

    /** Writes a number as the sum of some bytes, each but the last as large as it can be; what is larger than all is cut off. */
    private static void divide(int number, int bytes, int zero, MemorySegment all, long place) {
        int rest = number;
        for (int part = 0; part < bytes; part++) {
            int taken = Math.clamp(rest, -LARGEST, LARGEST);
            all.set(ValueLayout.JAVA_BYTE, place + part, (byte) (zero + taken));
            rest -= taken;
        }
    }
}
