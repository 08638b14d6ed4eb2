package dev.midframe.onnx.kernels.blending;

import dev.midframe.film.model.Channels;
import dev.midframe.onnx.kernels.FloatTensor;

/** {@link BlendHeadOutput} in floats, [1,C,h,w] NCHWc. */
record NchwcBlendHeadOutput(FloatTensor output, int block) implements BlendHeadOutput {

    @Override
    public int width() {
        return output.width();
    }

    @Override
    public int height() {
        return output.height();
    }

    @Override
    public void read(int y, float[][] rows) {
        for (int channel = 0; channel < Channels.BLEND_HEAD; channel++) {
            long line = (long) (channel / block) * output.plane() + (long) y * output.width();
            long index = line * block + channel % block;
            float[] row = rows[channel];
            for (int x = 0; x < output.width(); x++) {
                row[x] = output.get(index);
                index += block;
            }
        }
    }
}
