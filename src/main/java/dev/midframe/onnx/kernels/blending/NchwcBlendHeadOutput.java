package dev.midframe.onnx.kernels.blending;

import dev.midframe.onnx.kernels.FloatTensor;

/** {@link BlendHeadOutput} in blocks: [1,C,h,w]. */
record NchwcBlendHeadOutput(FloatTensor answer, int block) implements BlendHeadOutput {

    @Override
    public int width() {
        return answer.width();
    }

    @Override
    public int height() {
        return answer.height();
    }

    @Override
    public void read(int y, float[][] rows) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            long line = (long) (channel / block) * answer.plane() + (long) y * answer.width();
            long place = line * block + channel % block;
            float[] row = rows[channel];
            for (int x = 0; x < answer.width(); x++) {
                row[x] = answer.get(place);
                place += block;
            }
        }
    }
}
