package dev.midframe.onnx.kernels.blending;

import dev.midframe.onnx.kernels.FloatTensor;
import dev.midframe.onnx.kernels.Lanes;
import dev.midframe.onnx.kernels.sampling.BicubicRows;
import dev.midframe.onnx.kernels.sampling.FlowRows;

/** Warps planes of both pictures, luma or chroma, by bicubic sampling. */
final class PictureSampler {

    private final float[][][] planes;
    private final FlowRows[] flows;
    private final FloatTensor warped;
    private final BicubicRows sampler;
    private final float[] line;
    private final int linesPerRow;
    private final int factorX;
    private final UnseenVectors unseen;
    private final boolean[] left;

    /**
     * @param planes of the first picture, then of the second
     * @param flows [1,4,h,w]: from each position into the first picture, and into the second
     * @param warped planes of the first picture, then of the second, whole multiples of the flows' size
     * @param unseen vectors that may be anything: these are not warped
     */
    PictureSampler(float[][][] planes, FloatTensor flows, FloatTensor warped, UnseenVectors unseen) {
        this.factorX = warped.width() / flows.width();
        this.unseen = unseen;
        this.left = new boolean[warped.width() / Lanes.FLOATS.length()];
        this.planes = planes;
        this.warped = warped;
        this.linesPerRow = warped.height() / flows.height();
        this.sampler = new BicubicRows(warped.width(), warped.height());
        this.line = new float[sampler.stored()];
        this.flows = new FlowRows[] {
            new FlowRows(flows, 0, factorX, linesPerRow, sampler.stored()),
            new FlowRows(flows, 2, factorX, linesPerRow, sampler.stored())
        };
    }

    /** Warps the lines that fall on a row of the flows, which {@code unseen} has looked at. */
    void warp(int row) {
        boolean nothing = unseen.find(factorX, left);
        for (int y = row * linesPerRow; y < (row + 1) * linesPerRow; y++) {
            long target = (long) y * warped.width();
            for (int side = 0; side < planes.length; side++) {
                if (!nothing) {
                    flows[side].read(y);
                    sampler.locate(flows[side].x, flows[side].y, y);
                }
                for (float[] plane : planes[side]) {
                    sampler.sample(plane, y, left, line);
                    warped.write(line, warped.width(), target);
                    target += warped.plane();
                }
            }
        }
    }
}
