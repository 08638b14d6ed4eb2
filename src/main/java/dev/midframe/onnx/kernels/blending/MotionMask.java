package dev.midframe.onnx.kernels.blending;

import dev.midframe.onnx.kernels.FloatTensor;
import dev.midframe.onnx.kernels.Lanes;
import dev.midframe.onnx.kernels.ParallelRows;
import dev.midframe.onnx.kernels.Scratch;
import dev.midframe.onnx.kernels.sampling.BilinearRows;
import dev.midframe.onnx.lowering.Operands;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import org.jspecify.annotations.Nullable;

/** Where a frame is the network's: rows of 0 for still to 1 for moving, at half the picture's size ({@code film.graph.Stillness}). */
final class MotionMask {

    private static final float STILL_BELOW = 1 / 255f;
    private static final float RAMP = 2 / 255f;
    private static final int FILLED = 1;
    private static final int PASSING = 4;
    private static final int REACH = 2 * FILLED + PASSING;
    private static final long NANOS_PER_POSITION = 4;
    private static final int LANES = Lanes.FLOATS.length();

    /** Rows that are computed together: a few more cost time around them. */
    private static final int GROUP = 48;

    private static final float LONG_FLOW = 2;

    private final int width;
    private final int height;
    private final float[] filled;
    /** The largest of {@code filled} around each position. */
    private final float[] around;

    private final FloatTensor flows;

    /**
     * @param first luma [1,1,2h,2w]; second likewise
     * @param flows [1,4,h,w]: from each position into the first picture, and into the second
     */
    MotionMask(FloatTensor first, FloatTensor second, FloatTensor flows, Scratch scratch, ParallelRows parallel) {
        this.width = flows.width();
        this.height = flows.height();
        this.flows = flows;
        this.filled = scratch.take(width * height);
        this.around = scratch.take(width * height);
        parallel.run(
                Math.ceilDiv(height, GROUP),
                NANOS_PER_POSITION * width * GROUP,
                (from, to) -> fill(first, second, from * GROUP, Math.min(to * GROUP, height), scratch));
    }

    /**
     * Writes the mask of a pair.
     *
     * @param flows [1,4,h,w]
     * @param target [1,1,h,w]
     */
    static void write(
            Operands.Pictures<FloatTensor> pictures,
            FloatTensor flows,
            FloatTensor target,
            Scratch scratch,
            ParallelRows parallel) {
        MotionMask mask = new MotionMask(pictures.firstLuma(), pictures.secondLuma(), flows, scratch, parallel);
        parallel.run(mask.height, NANOS_PER_POSITION * mask.width, (from, to) -> {
            Rows rows = mask.rows();
            float[] row = new float[Lanes.whole(mask.width)];
            for (int y = from; y < to; y++) {
                rows.read(y, row);
                target.write(row, mask.width, (long) y * mask.width);
            }
        });
        mask.giveBack(scratch);
    }

    /** Ends the use of this. */
    private void giveBack(Scratch scratch) {
        scratch.giveBack(filled);
        scratch.giveBack(around);
    }

    /** For one thread. */
    Rows rows() {
        return new Rows();
    }

    /** Rows of the mask, one at a time. */
    final class Rows {
        private final BilinearRows ofFilled = new BilinearRows(filled, width, height);
        private final BilinearRows ofAround = new BilinearRows(around, width, height);
        private final float[][] flow = new float[4][Lanes.whole(width)];
        private final float[] ends = new float[Lanes.whole(width)];
        private final float[] others = new float[Lanes.whole(width)];
        private final float[] lengths = new float[Lanes.whole(width)];

        private Rows() {}

        /** @param target whole vectors */
        void read(int y, float[] target) {
            System.arraycopy(filled, y * width, target, 0, width);
            Arrays.fill(target, width, ends.length, 1); // Beside the row all moves.
            share(target);
            if (allMove(target)) {
                return;
            }
            for (int channel = 0; channel < flow.length; channel++) {
                flows.read((long) channel * flows.plane() + (long) y * width, flow[channel], 0, width);
            }
            leastEnds(ofFilled, y);
            raise(target, null);
            lengths();
            if (anyIsLong(lengths)) {
                leastEnds(ofAround, y);
                raise(target, lengths);
            }
        }

        /** Shares of the lesser of the values at which the two flows of a position end. */
        private void leastEnds(BilinearRows plane, int y) {
            plane.sample(flow[0], flow[1], y, ends);
            plane.sample(flow[2], flow[3], y, others);
            for (int x = 0; x < ends.length; x += LANES) {
                FloatVector other = FloatVector.fromArray(Lanes.FLOATS, others, x);
                FloatVector.fromArray(Lanes.FLOATS, ends, x).min(other).intoArray(ends, x);
            }
            share(ends);
        }

        /** To {@code ends}, times factors if there are any, where that is more. */
        private void raise(float[] target, float @Nullable [] factors) {
            for (int x = 0; x < ends.length; x += LANES) {
                FloatVector end = FloatVector.fromArray(Lanes.FLOATS, ends, x);
                if (factors != null) {
                    end = end.mul(FloatVector.fromArray(Lanes.FLOATS, factors, x));
                }
                FloatVector.fromArray(Lanes.FLOATS, target, x).max(end).intoArray(target, x);
            }
        }

        /** By how much the shorter of both flows is long, from 0 to 1. */
        private void lengths() {
            for (int x = 0; x < lengths.length; x += LANES) {
                FloatVector toFirst = FloatVector.fromArray(Lanes.FLOATS, flow[0], x)
                        .abs()
                        .max(FloatVector.fromArray(Lanes.FLOATS, flow[1], x).abs());
                FloatVector toSecond = FloatVector.fromArray(Lanes.FLOATS, flow[2], x)
                        .abs()
                        .max(FloatVector.fromArray(Lanes.FLOATS, flow[3], x).abs());
                toFirst.min(toSecond).sub(LONG_FLOW).max(0).min(1).intoArray(lengths, x);
            }
        }
    }

    /**
     * Computes both planes' rows from one up to another, and those beside them that these depend on. What comes out for the rows
     * beside is wrong, because they see no further, and is left out.
     */
    private void fill(FloatTensor first, FloatTensor second, int from, int to, Scratch scratch) {
        int top = Math.max(from - REACH, 0);
        int count = Math.min(to + REACH, height) - top;
        float[] plane = scratch.take(width * count);
        float[] rows = scratch.take(width * (count + 2 * PASSING));
        differences(first, second, top, plane);
        spread(plane, FILLED, rows, plane);
        negate(plane);
        spread(plane, FILLED, rows, plane);
        negate(plane);
        System.arraycopy(plane, (from - top) * width, filled, from * width, (to - from) * width);
        spread(plane, PASSING, rows, plane);
        System.arraycopy(plane, (from - top) * width, around, from * width, (to - from) * width);
        scratch.giveBack(plane);
        scratch.giveBack(rows);
    }

    private static void share(float[] differences) {
        for (int x = 0; x < differences.length; x += LANES) {
            FloatVector.fromArray(Lanes.FLOATS, differences, x)
                    .sub(STILL_BELOW)
                    .div(RAMP)
                    .max(0)
                    .min(1)
                    .intoArray(differences, x);
        }
    }

    private static boolean allMove(float[] shares) {
        for (int x = 0; x < shares.length; x += LANES) {
            if (FloatVector.fromArray(Lanes.FLOATS, shares, x).lt(1).anyTrue()) {
                return false;
            }
        }
        return true;
    }

    private static boolean anyIsLong(float[] lengths) {
        for (int x = 0; x < lengths.length; x += LANES) {
            if (!FloatVector.fromArray(Lanes.FLOATS, lengths, x).eq(0).allTrue()) {
                return true;
            }
        }
        return false;
    }

    /** The largest difference of every four pixels, in the plane's rows, of which the first is that of a picture's row. */
    private void differences(FloatTensor first, FloatTensor second, int top, float[] largest) {
        float[] one = new float[2 * Lanes.whole(width)];
        float[] two = new float[one.length];
        float[] row = new float[one.length];
        float[] halves = new float[one.length / 2];
        for (int y = 0; y < largest.length / width; y++) {
            Arrays.fill(row, 0);
            for (int lower = 0; lower < 2; lower++) {
                long line = (2L * (top + y) + lower) * 2 * width;
                first.read(line, one, 0, 2 * width);
                second.read(line, two, 0, 2 * width);
                raise(row, one, two);
            }
            for (int x = 0; x < halves.length; x += LANES) {
                IntVector left = FloatVector.fromArray(Lanes.FLOATS, row, 2 * x).reinterpretAsInts();
                IntVector right =
                        FloatVector.fromArray(Lanes.FLOATS, row, 2 * x + LANES).reinterpretAsInts();
                FloatVector even = Lanes.EVEN.selectFrom(left, right).reinterpretAsFloats();
                even.max(Lanes.ODD.selectFrom(left, right).reinterpretAsFloats())
                        .intoArray(halves, x);
            }
            System.arraycopy(halves, 0, largest, y * width, width);
        }
    }

    private static void raise(float[] row, float[] one, float[] two) {
        for (int x = 0; x < row.length; x += LANES) {
            FloatVector.fromArray(Lanes.FLOATS, two, x)
                    .sub(FloatVector.fromArray(Lanes.FLOATS, one, x))
                    .abs()
                    .max(FloatVector.fromArray(Lanes.FLOATS, row, x))
                    .intoArray(row, x);
        }
    }

    /**
     * The largest value up to {@code reach} rows and columns from every position. The largest of twice as many is that of two
     * neighbouring ones, so the reach is a power of two.
     *
     * @param rows holds the plane and {@code reach} rows above and below
     * @param target may be the plane itself
     */
    private void spread(float[] plane, int reach, float[] rows, float[] target) {
        int count = plane.length / width;
        int stored = count + 2 * reach;
        float[] row = new float[width + 2 * reach];
        for (int y = 0; y < stored; y++) {
            int from = Math.clamp(y - reach, 0, count - 1) * width;
            Arrays.fill(row, 0, reach, plane[from]);
            System.arraycopy(plane, from, row, reach, width);
            Arrays.fill(row, width + reach, row.length, plane[from + width - 1]);
            for (int step = 1; step <= reach; step *= 2) {
                largest(row, step, row, 0, row.length - step);
            }
            largest(row, 1, rows, y * width, width);
        }
        for (int step = 1; step <= reach; step *= 2) {
            largest(rows, step * width, rows, 0, (stored - step) * width);
        }
        largest(rows, width, target, 0, plane.length);
    }

    /** Of every value and the one so many further on, the larger. */
    private static void largest(float[] values, int further, float[] target, int at, int count) {
        int i = 0;
        for (; i <= count - LANES; i += LANES) {
            FloatVector other = FloatVector.fromArray(Lanes.FLOATS, values, i + further);
            FloatVector.fromArray(Lanes.FLOATS, values, i).max(other).intoArray(target, at + i);
        }
        for (; i < count; i++) {
            target[at + i] = Math.max(values[i], values[i + further]);
        }
    }

    private static void negate(float[] plane) {
        int i = 0;
        for (; i <= plane.length - LANES; i += LANES) {
            FloatVector.fromArray(Lanes.FLOATS, plane, i).neg().intoArray(plane, i);
        }
        for (; i < plane.length; i++) {
            plane[i] = -plane[i];
        }
    }
}
