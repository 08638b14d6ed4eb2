package dev.midframe.onnx.kernels.blending;

import static dev.midframe.film.graph.LucasKanade.BLOCK;
import static dev.midframe.film.graph.LucasKanade.LONGEST;
import static dev.midframe.film.graph.LucasKanade.REGULARISATION;
import static dev.midframe.onnx.kernels.blending.GradientSums.KINDS;
import static dev.midframe.onnx.kernels.blending.GradientSums.XD;
import static dev.midframe.onnx.kernels.blending.GradientSums.XX;
import static dev.midframe.onnx.kernels.blending.GradientSums.XY;
import static dev.midframe.onnx.kernels.blending.GradientSums.YD;
import static dev.midframe.onnx.kernels.blending.GradientSums.YY;

import dev.midframe.onnx.kernels.FloatTensor;
import dev.midframe.onnx.kernels.Lanes;
import dev.midframe.onnx.kernels.ParallelRows;
import dev.midframe.onnx.kernels.sampling.FlowRows;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** A step of {@link dev.midframe.film.graph.LucasKanade}, which says what is computed. */
final class LucasKanadeStep {

    private static final int LANES = Lanes.FLOATS.length();
    private static final long SUM_NANOS = 60;
    private static final long SOLVE_NANOS = 3;
    private static final long MOVE_NANOS = 3;

    private final float[][][] planes;
    private final FloatTensor flows;
    private final FloatTensor shifts;
    private final float[][] sums;
    private final int columns;
    private final int rows;
    private final int stride;

    /**
     * @param planes luma of the earlier picture, H x W, and of the later one
     * @param flows [1,4,H/2,W/2] into the earlier picture and into the later one, replaced by better ones
     */
    LucasKanadeStep(float[][][] planes, FloatTensor flows) {
        this.planes = planes;
        this.flows = flows;
        this.columns = 2 * flows.width() / BLOCK;
        this.rows = 2 * flows.height() / BLOCK;
        this.stride = Lanes.whole(columns);
        this.sums = new float[KINDS][rows * stride];
        this.shifts = new FloatTensor(MemorySegment.ofArray(new float[2 * rows * columns]), 1, 2, rows, columns);
    }

    void run(ParallelRows parallel) {
        parallel.run(rows, SUM_NANOS * columns, (from, to) -> new GradientSums(planes, flows, sums).compute(from, to));
        parallel.run(rows, SOLVE_NANOS * columns, this::solve);
        parallel.run(flows.height(), MOVE_NANOS * flows.width(), this::move);
    }

    /** Finds how far flows move, in pixels of a block, by what windows of three by three blocks say. */
    private void solve(int from, int to) {
        float[][] lines = new float[KINDS][LANES + stride + LANES];
        float[] x = new float[stride];
        float[] y = new float[stride];
        for (int row = from; row < to; row++) {
            for (int kind = 0; kind < KINDS; kind++) {
                addRows(sums[kind], row, lines[kind]);
            }
            solve(lines, x, y);
            shifts.write(x, columns, (long) row * columns);
            shifts.write(y, columns, (long) (rows + row) * columns);
        }
    }

    /** The sum of a row of blocks and its two neighbours; at the edges what is outside repeats the edge. */
    private void addRows(float[] blocks, int row, float[] target) {
        int above = Math.max(row - 1, 0) * stride;
        int below = Math.min(row + 1, rows - 1) * stride;
        for (int x = 0; x < columns; x += LANES) {
            FloatVector.fromArray(Lanes.FLOATS, blocks, above + x)
                    .add(FloatVector.fromArray(Lanes.FLOATS, blocks, row * stride + x))
                    .add(FloatVector.fromArray(Lanes.FLOATS, blocks, below + x))
                    .intoArray(target, LANES + x);
        }
        target[LANES - 1] = target[LANES];
        target[LANES + columns] = target[LANES + columns - 1];
    }

    private void solve(float[][] lines, float[] shiftX, float[] shiftY) {
        for (int x = 0; x < columns; x += LANES) {
            FloatVector xx = addColumns(lines[XX], x).add(REGULARISATION);
            FloatVector xy = addColumns(lines[XY], x);
            FloatVector yy = addColumns(lines[YY], x).add(REGULARISATION);
            FloatVector xd = addColumns(lines[XD], x);
            FloatVector yd = addColumns(lines[YD], x);
            FloatVector determinant = xx.mul(yy).sub(xy.mul(xy));
            bounded(yy.mul(xd).sub(xy.mul(yd)).div(determinant)).intoArray(shiftX, x);
            bounded(xx.mul(yd).sub(xy.mul(xd)).div(determinant)).intoArray(shiftY, x);
        }
    }

    /** The mean of a window. */
    private static FloatVector addColumns(float[] line, int x) {
        return FloatVector.fromArray(Lanes.FLOATS, line, LANES + x - 1)
                .add(FloatVector.fromArray(Lanes.FLOATS, line, LANES + x))
                .add(FloatVector.fromArray(Lanes.FLOATS, line, LANES + x + 1))
                .mul(1f / 9);
    }

    private static FloatVector bounded(FloatVector shift) {
        return shift.max(-LONGEST).min(LONGEST).mul(1f / BLOCK);
    }

    private void move(int from, int to) {
        int width = flows.width();
        FlowRows large = new FlowRows(shifts, 0, BLOCK / 2, BLOCK / 2, Lanes.whole(width));
        float[] line = new float[Lanes.whole(width)];
        for (int y = from; y < to; y++) {
            large.read(y);
            for (int channel = 0; channel < flows.channels(); channel++) {
                long place = (long) channel * flows.plane() + (long) y * width;
                flows.read(place, line, 0, width);
                add(channel % 2 == 0 ? large.x : large.y, channel < 2 ? -1 : 1, line);
                flows.write(line, width, place);
            }
        }
    }

    private static void add(float[] shift, float sign, float[] line) {
        for (int x = 0; x < line.length; x += LANES) {
            FloatVector.fromArray(Lanes.FLOATS, shift, x)
                    .mul(sign)
                    .add(FloatVector.fromArray(Lanes.FLOATS, line, x))
                    .intoArray(line, x);
        }
    }
}
