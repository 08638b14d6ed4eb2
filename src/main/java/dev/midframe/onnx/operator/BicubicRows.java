package dev.midframe.onnx.operator;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Bicubic sampling of planes, a row at a time: cubic convolution (Keys 1981) with a = -0.75, every tap clamped to the border,
 * as ONNX's GridSample and PyTorch's grid_sample define it. Where the flow is smooth, neighbours come from neighbours: such a
 * span is read by vectors of places that lie side by side, others by vectors of places gathered one by one.
 */
final class BicubicRows {

    private static final int TAPS = 4;
    private static final float A = -0.75f;

    /** At most eight lanes: the longer a span, the rarer it is straight. */
    private static final VectorSpecies<Float> SPAN =
            FloatVector.SPECIES_PREFERRED.length() > 8 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_PREFERRED;

    private static final VectorSpecies<Integer> WHOLE = SPAN.withLanes(int.class);

    // Places are found by whole vectors: for one span or for two at once.
    private static final FloatVector COUNT = FloatVector.zero(Lanes.FLOATS).addIndex(1);
    private static final IntVector WHOLE_COUNT = IntVector.zero(Lanes.INTS).addIndex(1);

    /** The first lane of every span, in all lanes of it. */
    private static final VectorShuffle<Integer> FIRST_OF_SPAN =
            VectorShuffle.fromOp(Lanes.INTS, lane -> lane / SPAN.length() * SPAN.length());

    private static final long WHOLE_SPAN = (1L << SPAN.length()) - 1;

    /** Places further outside than this see nothing but the border; numbers are positive from there, for cutting off. */
    private static final int MARGIN = 4;

    private final int width;
    private final int height;
    private final int spans;
    private final int[] left;
    private final int[] top;
    private final int[] reached = new int[SPAN.length()];
    private final float[][] across;
    private final float[][] along;
    private final boolean[] straight;

    BicubicRows(int width, int height) {
        this.width = width;
        this.height = height;
        int stored = Lanes.whole(width);
        this.spans = stored / SPAN.length();
        this.left = new int[stored];
        this.top = new int[stored];
        this.across = new float[TAPS][stored];
        this.along = new float[TAPS][stored];
        this.straight = new boolean[spans];
    }

    /** Numbers that arrays of this sampler's rows hold: the width, rounded up. */
    int stored() {
        return left.length;
    }

    /**
     * Finds a row's places.
     *
     * @param flowX in pixels, {@link #stored} numbers; flowY likewise
     */
    void locate(float[] flowX, float[] flowY, int y) {
        for (int x = 0; x < left.length; x += Lanes.FLOATS.length()) {
            FloatVector toX =
                    FloatVector.fromArray(Lanes.FLOATS, flowX, x).add(x).add(COUNT);
            FloatVector toY = FloatVector.fromArray(Lanes.FLOATS, flowY, x).add(y);
            toX = toX.max(-MARGIN).min(width + MARGIN).add(MARGIN);
            toY = toY.max(-MARGIN).min(height + MARGIN).add(MARGIN);
            // Not-a-number becomes place 0: whatever the network says, nothing outside the picture is read.
            IntVector wholeX = (IntVector) toX.convert(VectorOperators.F2I, 0);
            IntVector wholeY = (IntVector) toY.convert(VectorOperators.F2I, 0);
            wholeX.sub(MARGIN).intoArray(left, x);
            wholeY.sub(MARGIN).intoArray(top, x);
            weigh(toX.sub((FloatVector) wholeX.convert(VectorOperators.I2F, 0)), across, x);
            weigh(toY.sub((FloatVector) wholeY.convert(VectorOperators.I2F, 0)), along, x);
            IntVector start = wholeX.sub(WHOLE_COUNT);
            long aligned = start.eq(start.rearrange(FIRST_OF_SPAN))
                    .and(wholeY.eq(wholeY.rearrange(FIRST_OF_SPAN)))
                    .toLong();
            for (int lane = 0; lane < Lanes.FLOATS.length(); lane += SPAN.length()) {
                boolean whole = (aligned >> lane & WHOLE_SPAN) == WHOLE_SPAN;
                int first = x + lane;
                straight[first / SPAN.length()] = whole && inside(first) && left[first] + SPAN.length() + 1 < width;
            }
        }
    }

    /**
     * Samples the row from a plane.
     *
     * @param plane height x width numbers, in an array because that is read faster than native memory
     * @param target {@link #stored} numbers
     */
    void sample(float[] plane, float[] target) {
        for (int span = 0; span < spans; span++) {
            int x = span * SPAN.length();
            if (straight[span]) {
                sampleNeighbours(plane, x, target);
            } else {
                sampleApart(plane, x, target);
            }
        }
    }

    /** Places that lie side by side, and all their taps in the picture. */
    private void sampleNeighbours(float[] plane, int x, float[] target) {
        FloatVector first = FloatVector.fromArray(SPAN, across[0], x);
        FloatVector second = FloatVector.fromArray(SPAN, across[1], x);
        FloatVector third = FloatVector.fromArray(SPAN, across[2], x);
        FloatVector fourth = FloatVector.fromArray(SPAN, across[3], x);
        FloatVector sum = FloatVector.zero(SPAN);
        for (int tap = 0; tap < TAPS; tap++) {
            int place = (top[x] + tap - 1) * width + left[x] - 1;
            FloatVector line = load(plane, place).mul(first);
            line = load(plane, place + 1).fma(second, line);
            line = load(plane, place + 2).fma(third, line);
            line = load(plane, place + 3).fma(fourth, line);
            sum = line.fma(FloatVector.fromArray(SPAN, along[tap], x), sum);
        }
        sum.intoArray(target, x);
    }

    /** Places that lie apart, near the border or beyond it too. */
    private void sampleApart(float[] plane, int x, float[] target) {
        IntVector toX = IntVector.fromArray(WHOLE, left, x);
        IntVector toY = IntVector.fromArray(WHOLE, top, x);
        FloatVector sum = FloatVector.zero(SPAN);
        for (int row = 0; row < TAPS; row++) {
            IntVector start = toY.add(row - 1).max(0).min(height - 1).mul(width);
            FloatVector line = FloatVector.zero(SPAN);
            for (int column = 0; column < TAPS; column++) {
                start.add(toX.add(column - 1).max(0).min(width - 1)).intoArray(reached, 0);
                FloatVector taps = FloatVector.fromArray(SPAN, plane, 0, reached, 0);
                line = taps.fma(FloatVector.fromArray(SPAN, across[column], x), line);
            }
            sum = line.fma(FloatVector.fromArray(SPAN, along[row], x), sum);
        }
        sum.intoArray(target, x);
    }

    private boolean inside(int x) {
        // Unsigned: what is left of or above the first place is far beyond the last one.
        return Integer.compareUnsigned(left[x] - 1, width - 3) < 0
                && Integer.compareUnsigned(top[x] - 1, height - 3) < 0;
    }

    /** The weights of the four taps, for a share of the way from the second to the third. */
    private static void weigh(FloatVector share, float[][] weights, int x) {
        FloatVector rest = share.neg().add(1);
        FloatVector both = share.mul(rest).mul(A);
        FloatVector first = both.mul(rest);
        FloatVector second = share.mul(A + 2).sub(A + 3).mul(share).mul(share).add(1);
        FloatVector fourth = both.mul(share);
        first.intoArray(weights[0], x);
        second.intoArray(weights[1], x);
        first.add(second).add(fourth).neg().add(1).intoArray(weights[2], x);
        fourth.intoArray(weights[3], x);
    }

    private static FloatVector load(float[] plane, int place) {
        return FloatVector.fromArray(SPAN, plane, place);
    }
}
