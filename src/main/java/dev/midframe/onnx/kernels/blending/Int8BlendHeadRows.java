package dev.midframe.onnx.kernels.blending;

import dev.midframe.onnx.kernels.FloatTensor;
import dev.midframe.onnx.kernels.Int8Row;
import dev.midframe.onnx.kernels.Lanes;

/** {@link BlendHeadRows} in bytes, the features last. */
final class Int8BlendHeadRows implements BlendHeadRows {

    private final FloatTensor details;
    private final Int8Row row;
    private final int block;
    private final int features;
    private final float[][] blocks;
    private final float pictureRatio;
    private final float featureRatio;
    private final float zero;

    /**
     * @param details bytes [1,h,w,12+F]
     * @param told the scale of pictures, the byte of 0, the scale of features
     */
    Int8BlendHeadRows(FloatTensor details, FloatTensor told, int features, int block) {
        int width = details.shape()[2];
        this.details = details;
        this.row = new Int8Row(width, details.shape()[3], 2);
        this.block = block;
        this.features = features;
        this.blocks = new float[Math.ceilDiv(features, block)][width * block];
        this.pictureRatio = 1 / told.get(0);
        this.zero = told.get(1);
        this.featureRatio = 1 / told.get(2);
    }

    @Override
    public void features(DecoderOutput decoded, int y, int reduction) {
        decoded.features(y, reduction, blocks);
        for (int feature = 0; feature < features; feature += Lanes.FLOATS.length()) {
            row.putVectors(blocks[feature / block], block, feature % block, 2 * SIDE + feature, featureRatio, zero);
        }
    }

    @Override
    public void luma(int side, int lower, float[] line) {
        row.put(line, 2, side * SIDE + 2 * lower, pictureRatio, zero);
    }

    @Override
    public void chroma(int side, int channel, float[] line) {
        row.put(line, 1, side * SIDE + 4 + channel, pictureRatio, zero);
    }

    @Override
    public void write(int y) {
        row.write(details, y);
    }
}
