package dev.midframe.onnx.kernels.blending;

import static dev.midframe.film.graph.LucasKanade.BLOCK;
import static dev.midframe.film.graph.LucasKanade.OUTLIER;

import dev.midframe.onnx.kernels.FloatTensor;
import dev.midframe.onnx.kernels.Lanes;
import dev.midframe.onnx.kernels.sampling.BilinearRows;
import dev.midframe.onnx.kernels.sampling.FlowRows;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** Sums over blocks of pixels for {@link dev.midframe.film.graph.LucasKanade}: of gradients' products, and of those with the difference. */
final class GradientSums {

    /** Kinds of sums. */
    static final int XX = 0;

    static final int XY = 1;
    static final int YY = 2;
    static final int XD = 3;
    static final int YD = 4;
    static final int KINDS = 5;

    private static final int LANES = Lanes.FLOATS.length();

    /** Rows kept: those of a block, one above and one below. */
    private static final int KEPT = 2 * BLOCK;

    private final int width;
    private final int height;
    private final int stride;
    private final FlowRows[] flowRows = new FlowRows[2];
    private final BilinearRows[] samplers = new BilinearRows[2];
    private final float[][] warped;
    private final float[][] totals;
    private final float[][] differences;
    private final float[][] lines;
    private final float[][] sums;

    /**
     * @param planes luma of the earlier picture, and of the later one
     * @param flows [1,4,H/2,W/2] into the one and into the other
     * @param sums of a kind: rows of blocks, each of so many values that they are whole vectors
     */
    GradientSums(float[][][] planes, FloatTensor flows, float[][] sums) {
        this.sums = sums;
        this.width = 2 * flows.width();
        this.height = 2 * flows.height();
        this.stride = Lanes.whole(width / BLOCK);
        int stored = BLOCK * stride;
        for (int side = 0; side < 2; side++) {
            flowRows[side] = new FlowRows(flows, 2 * side, 2, 2, stored);
            samplers[side] = new BilinearRows(planes[side][0], width, height);
        }
        this.warped = new float[2][stored];
        this.totals = new float[KEPT][LANES + stored + LANES];
        this.differences = new float[KEPT][stored];
        this.lines = new float[KINDS][stored];
    }

    /** Computes rows of blocks from one up to another, which is not among them. */
    void compute(int from, int to) {
        int ready = Math.max(BLOCK * from - 1, 0);
        for (int row = from; row < to; row++) {
            for (; ready <= Math.min(BLOCK * (row + 1), height - 1); ready++) {
                warp(ready);
            }
            add(row);
        }
    }

    /** Computes a row of the sum and of the difference of both warped pictures. */
    private void warp(int y) {
        for (int side = 0; side < 2; side++) {
            flowRows[side].read(y);
            samplers[side].sample(flowRows[side].x, flowRows[side].y, y, warped[side]);
        }
        float[] total = totals[y % KEPT];
        float[] difference = differences[y % KEPT];
        for (int x = 0; x < width; x += LANES) {
            FloatVector one = FloatVector.fromArray(Lanes.FLOATS, warped[0], x);
            FloatVector two = FloatVector.fromArray(Lanes.FLOATS, warped[1], x);
            one.add(two).intoArray(total, LANES + x);
            one.sub(two).intoArray(difference, x);
        }
        total[LANES - 1] = total[LANES];
        total[LANES + width] = total[LANES + width - 1];
    }

    /** Sums up a row of blocks. */
    private void add(int row) {
        for (int x = 0; x < width; x += LANES) {
            FloatVector xx = FloatVector.zero(Lanes.FLOATS);
            FloatVector xy = xx;
            FloatVector yy = xx;
            FloatVector xd = xx;
            FloatVector yd = xx;
            for (int y = BLOCK * row; y < BLOCK * (row + 1); y++) {
                float[] above = totals[Math.max(y - 1, 0) % KEPT];
                float[] here = totals[y % KEPT];
                float[] below = totals[Math.min(y + 1, height - 1) % KEPT];
                FloatVector across = FloatVector.fromArray(Lanes.FLOATS, here, LANES + x + 1)
                        .sub(FloatVector.fromArray(Lanes.FLOATS, here, LANES + x - 1))
                        .mul(0.5f);
                FloatVector down = FloatVector.fromArray(Lanes.FLOATS, below, LANES + x)
                        .sub(FloatVector.fromArray(Lanes.FLOATS, above, LANES + x))
                        .mul(0.5f);
                FloatVector apart = FloatVector.fromArray(Lanes.FLOATS, differences[y % KEPT], x);
                FloatVector weight = FloatVector.broadcast(Lanes.FLOATS, OUTLIER / (BLOCK * BLOCK))
                        .div(apart.fma(apart, FloatVector.broadcast(Lanes.FLOATS, OUTLIER)));
                FloatVector weightedAcross = across.mul(weight);
                FloatVector weightedDown = down.mul(weight);
                xx = weightedAcross.fma(across, xx);
                xy = weightedAcross.fma(down, xy);
                yy = weightedDown.fma(down, yy);
                xd = weightedAcross.fma(apart, xd);
                yd = weightedDown.fma(apart, yd);
            }
            xx.intoArray(lines[XX], x);
            xy.intoArray(lines[XY], x);
            yy.intoArray(lines[YY], x);
            xd.intoArray(lines[XD], x);
            yd.intoArray(lines[YD], x);
        }
        for (int kind = 0; kind < KINDS; kind++) {
            fold(lines[kind], lines[kind], 0, BLOCK * stride / 2);
            fold(lines[kind], sums[kind], row * stride, stride);
        }
    }

    /** Sums of two neighbours each, so many. */
    private static void fold(float[] line, float[] target, int place, int count) {
        for (int x = 0; x < count; x += LANES) {
            IntVector lower = FloatVector.fromArray(Lanes.FLOATS, line, 2 * x).reinterpretAsInts();
            IntVector upper =
                    FloatVector.fromArray(Lanes.FLOATS, line, 2 * x + LANES).reinterpretAsInts();
            FloatVector even = Lanes.EVEN.selectFrom(lower, upper).reinterpretAsFloats();
            even.add(Lanes.ODD.selectFrom(lower, upper).reinterpretAsFloats()).intoArray(target, place + x);
        }
    }
}
