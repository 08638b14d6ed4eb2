package dev.midframe.onnx.kernels.blending;

import dev.midframe.film.model.Channels;
import dev.midframe.onnx.kernels.FloatTensor;

/** {@link BlendHeadRows} in floats, the features first. */
final class NchwcBlendHeadRows implements BlendHeadRows {

    private final FloatTensor target;
    private final int features;
    private final int block;
    private final float[][] row;

    /** @param target [1,C,h,w] NCHWc */
    NchwcBlendHeadRows(FloatTensor target, int features, int block) {
        this.target = target;
        this.features = features;
        this.block = block;
        this.row = new float[target.channels() / block][target.width() * block];
    }

    @Override
    public void features(DecoderOutput decoded, int y, int reduction) {
        decoded.features(y, reduction, row);
    }

    @Override
    public void luma(int side, int lower, float[] line) {
        int channel = features + side * Channels.PICTURE + 2 * lower;
        put(line, 0, 2, channel);
        put(line, 1, 2, channel + 1);
    }

    @Override
    public void chroma(int side, int channel, float[] line) {
        put(line, 0, 1, features + side * Channels.PICTURE + Channels.LUMA + channel);
    }

    private void put(float[] line, int start, int step, int channel) {
        float[] blocks = row[channel / block];
        int from = start;
        for (int element = channel % block; element < blocks.length; element += block) {
            blocks[element] = line[from];
            from += step;
        }
    }

    @Override
    public void write(int y) {
        for (int index = 0; index < row.length; index++) {
            int count = row[index].length;
            target.write(row[index], count, ((long) index * target.height() + y) * count);
        }
    }
}
