package dev.midframe.onnx.kernels.sampling;

import dev.midframe.onnx.kernels.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Bilinear sampling of a plane, a row at a time, clamped to the border. As in {@link BicubicRows}, positions of a vector that lie
 * near each other pick their neighbours out of lines loaded as a whole.
 */
public final class BilinearRows {

    private static final int LANES = Lanes.FLOATS.length();
    private static final FloatVector COUNT = FloatVector.zero(Lanes.FLOATS).addIndex(1);

    /** Columns that neighbours are picked out of: two vectors. */
    private static final int WINDOW = 2 * LANES;

    /** How many of these lie before the first position. */
    private static final int BEHIND = LANES / 2 - 1;

    /** Lines that positions near each other have their neighbours in, at most: all of them read each line. */
    private static final int LINES = 8;

    private final float[] plane;
    private final int width;
    private final int height;
    private final int[] left;
    private final int[] top;
    private final float[] sharesRight;
    private final float[] toY;
    private final int[] reached = new int[LANES];

    /** @param plane height x width values */
    public BilinearRows(float[] plane, int width, int height) {
        this.plane = plane;
        this.width = width;
        this.height = height;
        int stored = Lanes.whole(width);
        this.left = new int[stored];
        this.top = new int[stored];
        this.sharesRight = new float[stored];
        this.toY = new float[stored];
    }

    /**
     * Samples a row.
     *
     * @param flowX in pixels, of this row; at least {@link Lanes#whole} values, as in flowY and the target
     */
    public void sample(float[] flowX, float[] flowY, int y, float[] target) {
        locate(flowX, flowY, y);
        for (int x = 0; x < width; x += LANES) {
            IntVector columns = IntVector.fromArray(Lanes.INTS, left, x);
            IntVector rows = IntVector.fromArray(Lanes.INTS, top, x);
            int start = Math.clamp(left[x] - BEHIND, 0, Math.max(width - WINDOW, 0));
            int first = rows.reduceLanes(VectorOperators.MIN);
            int last = Math.min(rows.reduceLanes(VectorOperators.MAX) + 1, height - 1);
            if (width >= WINDOW
                    && last - first < LINES
                    && columns.reduceLanes(VectorOperators.MIN) >= start
                    && columns.reduceLanes(VectorOperators.MAX) < start + WINDOW - 1) {
                sampleNear(x, start, first, last, target);
            } else {
                sampleApart(x, target);
            }
        }
    }

    private void locate(float[] flowX, float[] flowY, int y) {
        for (int x = 0; x < width; x += LANES) {
            FloatVector placeX =
                    FloatVector.fromArray(Lanes.FLOATS, flowX, x).add(x).add(COUNT);
            FloatVector placeY = FloatVector.fromArray(Lanes.FLOATS, flowY, x).add(y);
            placeX = placeX.max(0).min(width - 1);
            placeY = placeY.max(0).min(height - 1);
            // NaN becomes position 0: whatever the network says, nothing outside the plane is read.
            IntVector column = (IntVector) placeX.convert(VectorOperators.F2I, 0);
            column.intoArray(left, x);
            ((IntVector) placeY.convert(VectorOperators.F2I, 0)).intoArray(top, x);
            placeX.sub((FloatVector) column.convert(VectorOperators.I2F, 0)).intoArray(sharesRight, x);
            placeY.intoArray(toY, x);
        }
    }

    private void sampleNear(int x, int start, int first, int last, float[] target) {
        IntVector columns = IntVector.fromArray(Lanes.INTS, left, x);
        IntVector pickLeft = columns.sub(start);
        IntVector pickRight = columns.add(1).min(width - 1).sub(start);
        FloatVector shareRight = FloatVector.fromArray(Lanes.FLOATS, sharesRight, x);
        FloatVector row = FloatVector.fromArray(Lanes.FLOATS, toY, x);
        FloatVector sum = FloatVector.zero(Lanes.FLOATS);
        for (int line = first; line <= last; line++) {
            int place = line * width + start;
            IntVector lower = FloatVector.fromArray(Lanes.FLOATS, plane, place).reinterpretAsInts();
            IntVector upper =
                    FloatVector.fromArray(Lanes.FLOATS, plane, place + LANES).reinterpretAsInts();
            FloatVector a = pickLeft.selectFrom(lower, upper).reinterpretAsFloats();
            FloatVector b = pickRight.selectFrom(lower, upper).reinterpretAsFloats();
            // 1 - share on the line above a position, share on the one below, and nothing of the others.
            FloatVector weight = row.sub(line).abs().neg().add(1).max(0);
            sum = b.sub(a).fma(shareRight, a).fma(weight, sum);
        }
        sum.intoArray(target, x);
    }

    private void sampleApart(int x, float[] target) {
        IntVector columns = IntVector.fromArray(Lanes.INTS, left, x);
        IntVector right = columns.add(1).min(width - 1);
        IntVector rows = IntVector.fromArray(Lanes.INTS, top, x);
        IntVector above = rows.mul(width);
        IntVector below = rows.add(1).min(height - 1).mul(width);
        FloatVector shareRight = FloatVector.fromArray(Lanes.FLOATS, sharesRight, x);
        FloatVector shareDown =
                FloatVector.fromArray(Lanes.FLOATS, toY, x).sub((FloatVector) rows.convert(VectorOperators.I2F, 0));
        above.add(columns).intoArray(reached, 0);
        FloatVector upper = FloatVector.fromArray(Lanes.FLOATS, plane, 0, reached, 0);
        above.add(right).intoArray(reached, 0);
        FloatVector step =
                FloatVector.fromArray(Lanes.FLOATS, plane, 0, reached, 0).sub(upper);
        upper = step.fma(shareRight, upper);
        below.add(columns).intoArray(reached, 0);
        FloatVector lower = FloatVector.fromArray(Lanes.FLOATS, plane, 0, reached, 0);
        below.add(right).intoArray(reached, 0);
        step = FloatVector.fromArray(Lanes.FLOATS, plane, 0, reached, 0).sub(lower);
        lower = step.fma(shareRight, lower);
        lower.sub(upper).fma(shareDown, upper).intoArray(target, x);
    }
}
