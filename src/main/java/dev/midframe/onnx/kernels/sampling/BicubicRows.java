package dev.midframe.onnx.kernels.sampling;

import dev.midframe.onnx.kernels.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Bicubic sampling of planes, a row at a time: cubic convolution (Keys 1981) with a = -0.75, every tap clamped to the border,
 * as ONNX's GridSample and PyTorch's grid_sample define it. Positions of a vector that lie near each other, and most do, pick
 * their taps out of lines loaded as a whole; positions that lie apart gather them one by one.
 */
public final class BicubicRows {

    private static final int TAPS = 4;
    private static final float A = -0.75f;

    private static final int LANES = Lanes.FLOATS.length();
    private static final FloatVector COUNT = FloatVector.zero(Lanes.FLOATS).addIndex(1);

    /** Columns that taps are picked out of: two vectors. */
    private static final int WINDOW = 2 * LANES;

    /** How many of these lie before the first position: so far may a neighbour stay back, and a little more may it be ahead. */
    private static final int BEHIND = LANES / 2 - 1;

    /** Lines that positions near each other have their taps in, at most: all of them read each line. */
    private static final int LINES = 10;

    /** Positions further outside than this see nothing but the border; values are positive from there, for cutting off. */
    private static final int MARGIN = 4;

    private final int width;
    private final int height;
    private final int[] left;
    private final int[] top;
    private final int[] reached = new int[LANES];
    private final float[] sharesRight;
    private final float[] sharesDown;
    private final float[][] across;
    private final float[][] along;
    private final float[] lineWeights = new float[LINES * LANES];

    public BicubicRows(int width, int height) {
        this.width = width;
        this.height = height;
        int stored = Lanes.whole(width);
        this.left = new int[stored];
        this.top = new int[stored];
        this.sharesRight = new float[stored];
        this.sharesDown = new float[stored];
        this.across = new float[TAPS][stored];
        this.along = new float[TAPS][stored];
    }

    /** Values that arrays of this sampler's rows hold: the width, rounded up. */
    public int stored() {
        return left.length;
    }

    /**
     * Finds a row's positions.
     *
     * @param flowX in pixels, {@link #stored} values; flowY likewise
     */
    public void locate(float[] flowX, float[] flowY, int y) {
        for (int x = 0; x < left.length; x += LANES) {
            FloatVector toX =
                    FloatVector.fromArray(Lanes.FLOATS, flowX, x).add(x).add(COUNT);
            FloatVector toY = FloatVector.fromArray(Lanes.FLOATS, flowY, x).add(y);
            toX = toX.max(-MARGIN).min(width + MARGIN).add(MARGIN);
            toY = toY.max(-MARGIN).min(height + MARGIN).add(MARGIN);
            // NaN becomes position 0: whatever the network says, nothing outside the picture is read.
            IntVector wholeX = (IntVector) toX.convert(VectorOperators.F2I, 0);
            IntVector wholeY = (IntVector) toY.convert(VectorOperators.F2I, 0);
            wholeX.sub(MARGIN + 1).intoArray(left, x);
            wholeY.sub(MARGIN + 1).intoArray(top, x);
            toX.sub((FloatVector) wholeX.convert(VectorOperators.I2F, 0)).intoArray(sharesRight, x);
            toY.sub((FloatVector) wholeY.convert(VectorOperators.I2F, 0)).intoArray(sharesDown, x);
        }
        weigh(sharesRight, across);
        weigh(sharesDown, along);
    }

    /**
     * Samples the row from a plane.
     *
     * @param plane height x width values, in an array because that is read faster than native memory
     * @param y the row
     * @param unmoved vectors, of the whole ones, that are not sampled but copied from the plane
     * @param target {@link #stored} values
     */
    public void sample(float[] plane, int y, boolean[] unmoved, float[] target) {
        for (int x = 0; x < left.length; x += LANES) {
            if (x / LANES < unmoved.length && unmoved[x / LANES]) {
                FloatVector.fromArray(Lanes.FLOATS, plane, y * width + x).intoArray(target, x);
                continue;
            }
            int start = Math.clamp(left[x] - BEHIND, 0, Math.max(width - WINDOW, 0));
            IntVector tops = IntVector.fromArray(Lanes.INTS, top, x);
            int first = tops.reduceLanes(VectorOperators.MIN);
            int lines = tops.reduceLanes(VectorOperators.MAX) - first + TAPS;
            if (lines <= LINES && within(x, start)) {
                weighLines(x, first, lines);
                sampleNear(plane, x, start, first, lines, target);
            } else {
                sampleApart(plane, x, target);
            }
        }
    }

    /** Whether the window that begins at a column has all taps of a vector's positions. */
    private boolean within(int x, int start) {
        IntVector columns = IntVector.fromArray(Lanes.INTS, left, x);
        IntVector least = columns.max(0).min(width - 1);
        IntVector last = columns.add(TAPS - 1).max(0).min(width - 1);
        return width >= WINDOW
                && least.compare(VectorOperators.GE, start)
                        .and(last.lt(start + WINDOW))
                        .allTrue();
    }

    /** What each of the lines that a vector's positions reach weighs for each of the positions. */
    private void weighLines(int x, int first, int lines) {
        IntVector tops = IntVector.fromArray(Lanes.INTS, top, x);
        for (int line = 0; line < lines; line++) {
            IntVector weight = IntVector.zero(Lanes.INTS);
            for (int tap = 0; tap < TAPS; tap++) {
                FloatVector own = FloatVector.fromArray(Lanes.FLOATS, along[tap], x);
                weight = weight.blend(own.reinterpretAsInts(), tops.eq(first + line - tap));
            }
            weight.reinterpretAsFloats().intoArray(lineWeights, line * LANES);
        }
    }

    private void sampleNear(float[] plane, int x, int start, int first, int lines, float[] target) {
        // Spelled out tap by tap: vectors that leave a method that Java does not inline become objects.
        IntVector columns = IntVector.fromArray(Lanes.INTS, left, x);
        IntVector pick0 = columns.max(0).min(width - 1).sub(start);
        IntVector pick1 = columns.add(1).max(0).min(width - 1).sub(start);
        IntVector pick2 = columns.add(2).max(0).min(width - 1).sub(start);
        IntVector pick3 = columns.add(3).max(0).min(width - 1).sub(start);
        FloatVector across0 = FloatVector.fromArray(Lanes.FLOATS, across[0], x);
        FloatVector across1 = FloatVector.fromArray(Lanes.FLOATS, across[1], x);
        FloatVector across2 = FloatVector.fromArray(Lanes.FLOATS, across[2], x);
        FloatVector across3 = FloatVector.fromArray(Lanes.FLOATS, across[3], x);
        FloatVector sum = FloatVector.zero(Lanes.FLOATS);
        for (int line = 0; line < lines; line++) {
            int index = Math.clamp(first + line, 0, height - 1) * width + start;
            IntVector lower = FloatVector.fromArray(Lanes.FLOATS, plane, index).reinterpretAsInts();
            IntVector upper =
                    FloatVector.fromArray(Lanes.FLOATS, plane, index + LANES).reinterpretAsInts();
            FloatVector row =
                    pick0.selectFrom(lower, upper).reinterpretAsFloats().mul(across0);
            row = pick1.selectFrom(lower, upper).reinterpretAsFloats().fma(across1, row);
            row = pick2.selectFrom(lower, upper).reinterpretAsFloats().fma(across2, row);
            row = pick3.selectFrom(lower, upper).reinterpretAsFloats().fma(across3, row);
            sum = row.fma(FloatVector.fromArray(Lanes.FLOATS, lineWeights, line * LANES), sum);
        }
        sum.intoArray(target, x);
    }

    private void sampleApart(float[] plane, int x, float[] target) {
        IntVector first = IntVector.fromArray(Lanes.INTS, left, x);
        IntVector tops = IntVector.fromArray(Lanes.INTS, top, x);
        FloatVector sum = FloatVector.zero(Lanes.FLOATS);
        for (int row = 0; row < TAPS; row++) {
            IntVector start = tops.add(row).max(0).min(height - 1).mul(width);
            FloatVector line = FloatVector.zero(Lanes.FLOATS);
            for (int tap = 0; tap < TAPS; tap++) {
                start.add(first.add(tap).max(0).min(width - 1)).intoArray(reached, 0);
                FloatVector taps = FloatVector.fromArray(Lanes.FLOATS, plane, 0, reached, 0);
                line = taps.fma(FloatVector.fromArray(Lanes.FLOATS, across[tap], x), line);
            }
            sum = line.fma(FloatVector.fromArray(Lanes.FLOATS, along[row], x), sum);
        }
        sum.intoArray(target, x);
    }

    /** The weights of the four taps, for shares of the way from the second to the third. */
    private static void weigh(float[] shares, float[][] weights) {
        for (int x = 0; x < shares.length; x += LANES) {
            FloatVector share = FloatVector.fromArray(Lanes.FLOATS, shares, x);
            FloatVector rest = share.neg().add(1);
            FloatVector both = share.mul(rest).mul(A);
            FloatVector first = both.mul(rest);
            FloatVector second =
                    share.mul(A + 2).sub(A + 3).mul(share).mul(share).add(1);
            FloatVector fourth = both.mul(share);
            first.intoArray(weights[0], x);
            second.intoArray(weights[1], x);
            first.add(second).add(fourth).neg().add(1).intoArray(weights[2], x);
            fourth.intoArray(weights[3], x);
        }
    }
}
