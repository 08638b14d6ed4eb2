package dev.midframe.onnx.kernels.blending;

import dev.midframe.onnx.kernels.FloatTensor;
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

    /**
     * @param planes of the first picture, then of the second
     * @param flows [1,4,h,w]: from each position into the first picture, and into the second
     * @param warped planes of the first picture, then of the second, whole multiples of the flows' size
     */
    PictureSampler(float[][][] planes, FloatTensor flows, FloatTensor warped) {
        int factorX = warped.width() / flows.width();
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

    /** Warps the lines that fall on a row of the flows. */
    void warp(int row) {
        for (int y = row * linesPerRow; y < (row + 1) * linesPerRow; y++) {
            long target = (long) y * warped.width();
            for (int side = 0; side < planes.length; side++) {
                flows[side].read(y);
                sampler.locate(flows[side].x, flows[side].y, y);
                for (float[] plane : planes[side]) {
                    sampler.sample(plane, line);
                    warped.write(line, warped.width(), target);
                    target += warped.plane();
                }
            }
        }
    }
}
