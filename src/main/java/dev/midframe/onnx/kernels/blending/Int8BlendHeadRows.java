package dev.midframe.onnx.kernels.blending;

import dev.midframe.film.model.Channels;
import dev.midframe.onnx.kernels.FloatTensor;
import dev.midframe.onnx.kernels.Int8Row;
import dev.midframe.onnx.kernels.Lanes;

/** {@link BlendHeadRows} quantized, the features last. */
final class Int8BlendHeadRows implements BlendHeadRows {

    private final FloatTensor target;
    private final Int8Row row;
    private final int block;
    private final int features;
    private final float[][] blocks;
    private final float pictureRatio;
    private final float featureRatio;
    private final float zero;

    /**
     * @param target uint8 [1,h,w,12+F]
     * @param quantization [3] the scale of pictures, the zero point, the scale of features
     */
    Int8BlendHeadRows(FloatTensor target, FloatTensor quantization, int features, int block) {
        int width = target.shape()[2];
        this.target = target;
        this.row = new Int8Row(width, target.shape()[3], 2);
        this.block = block;
        this.features = features;
        this.blocks = new float[Math.ceilDiv(features, block)][width * block];
        this.pictureRatio = 1 / quantization.get(0);
        this.zero = quantization.get(1);
        this.featureRatio = 1 / quantization.get(2);
    }

    @Override
    public void features(DecoderOutput decoded, int y, int reduction) {
        decoded.features(y, reduction, blocks);
        for (int feature = 0; feature < features; feature += Lanes.FLOATS.length()) {
            row.putVectors(
                    blocks[feature / block], block, feature % block, Channels.PICTURES + feature, featureRatio, zero);
        }
    }

    @Override
    public void luma(int side, int lower, float[] line) {
        row.put(line, 2, side * Channels.PICTURE + 2 * lower, pictureRatio, zero);
    }

    @Override
    public void chroma(int side, int channel, float[] line) {
        row.put(line, 1, side * Channels.PICTURE + Channels.LUMA + channel, pictureRatio, zero);
    }

    @Override
    public void write(int y) {
        row.write(target, y);
    }
}
