package dev.midframe.onnx.operator;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Bicubic sampling of planes, a row at a time: cubic convolution (Keys 1981) with a = -0.75, every tap clamped to the border,
 * as ONNX's GridSample and PyTorch's grid_sample define it. Where the flow is smooth, neighbours come from neighbours: such a
 * span is read by vectors of places, others by vectors of the four taps of one place.
 */
final class BicubicRows {

    private static final int TAPS = 4;
    private static final float A = -0.75f;

    /** At most eight lanes: the longer a span, the rarer it is straight. */
    private static final VectorSpecies<Float> SPAN =
            FloatVector.SPECIES_PREFERRED.length() > 8 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_PREFERRED;

    private static final VectorSpecies<Float> LINE = FloatVector.SPECIES_128;
    private static final FloatVector LANES = FloatVector.zero(SPAN).addIndex(1);
    private static final IntVector WHOLE_LANES =
            IntVector.zero(SPAN.withLanes(int.class)).addIndex(1);

    /** Places further outside than this see nothing but the border; numbers are positive from there, for cutting off. */
    private static final int MARGIN = 4;

    private final int width;
    private final int height;
    private final int spans;
    private final int[] left;
    private final int[] top;
    private final float[][] across;
    private final float[][] along;
    private final boolean[] straight;
    private final float[] columns = new float[SPAN.length() * TAPS];

    BicubicRows(int width, int height) {
        this.width = width;
        this.height = height;
        this.spans = Math.ceilDiv(width, SPAN.length());
        int stored = spans * SPAN.length();
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
        for (int span = 0; span < spans; span++) {
            int x = span * SPAN.length();
            FloatVector toX = FloatVector.fromArray(SPAN, flowX, x).add(x).add(LANES);
            FloatVector toY = FloatVector.fromArray(SPAN, flowY, x).add(y);
            toX = toX.max(-MARGIN).min(width + MARGIN).add(MARGIN);
            toY = toY.max(-MARGIN).min(height + MARGIN).add(MARGIN);
            // Not-a-number becomes place 0: whatever the network says, nothing outside the picture is read.
            IntVector wholeX = (IntVector) toX.convert(VectorOperators.F2I, 0);
            IntVector wholeY = (IntVector) toY.convert(VectorOperators.F2I, 0);
            wholeX.sub(MARGIN).intoArray(left, x);
            wholeY.sub(MARGIN).intoArray(top, x);
            weigh(toX.sub((FloatVector) wholeX.convert(VectorOperators.I2F, 0)), across, x);
            weigh(toY.sub((FloatVector) wholeY.convert(VectorOperators.I2F, 0)), along, x);
            boolean aligned = wholeX.sub(WHOLE_LANES)
                    .eq(left[x] + MARGIN)
                    .and(wholeY.eq(top[x] + MARGIN))
                    .allTrue();
            straight[span] = aligned && inside(x) && left[x] + SPAN.length() + 1 < width;
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
                sampleSpan(plane, x, target);
            } else {
                sampleEach(plane, x, target);
            }
        }
    }

    private void sampleSpan(float[] plane, int x, float[] target) {
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

    private void sampleEach(float[] plane, int from, float[] target) {
        float[] above = along[0];
        float[] here = along[1];
        float[] below = along[2];
        float[] last = along[3];
        for (int x = from, line = 0; line < columns.length; x++, line += TAPS) {
            if (inside(x)) {
                int place = (top[x] - 1) * width + left[x] - 1;
                line(plane, place)
                        .mul(above[x])
                        .add(line(plane, place + width).mul(here[x]))
                        .add(line(plane, place + 2 * width)
                                .mul(below[x])
                                .add(line(plane, place + 3 * width).mul(last[x])))
                        .intoArray(columns, line);
            } else {
                clamped(plane, x, line);
            }
        }
        float[] first = across[0];
        float[] second = across[1];
        float[] third = across[2];
        float[] fourth = across[3];
        for (int x = from, line = 0; line < columns.length; x++, line += TAPS) {
            target[x] = columns[line] * first[x]
                    + columns[line + 1] * second[x]
                    + columns[line + 2] * third[x]
                    + columns[line + 3] * fourth[x];
        }
    }

    private void clamped(float[] plane, int x, int line) {
        for (int column = 0; column < TAPS; column++) {
            int toX = Math.clamp(left[x] + column - 1L, 0, width - 1);
            float sum = 0;
            for (int row = 0; row < TAPS; row++) {
                int toY = Math.clamp(top[x] + row - 1L, 0, height - 1);
                sum += plane[toY * width + toX] * along[row][x];
            }
            columns[line + column] = sum;
        }
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

    private static FloatVector line(float[] plane, int place) {
        return FloatVector.fromArray(LINE, plane, place);
    }
}
