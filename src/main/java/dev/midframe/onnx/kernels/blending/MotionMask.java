package dev.midframe.onnx.kernels.blending;

import dev.midframe.onnx.kernels.FloatTensor;
import dev.midframe.onnx.kernels.Lanes;
import dev.midframe.onnx.kernels.ParallelRows;
import dev.midframe.onnx.kernels.Scratch;
import dev.midframe.onnx.kernels.sampling.Bilinear;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Where a frame is the network's: rows of 0 for still to 1 for moving, at half the picture's size ({@code film.graph.Stillness}). */
final class MotionMask {

    private static final float STILL_BELOW = 1 / 255f;
    private static final float RAMP = 2 / 255f;
    private static final int FILLED = 1;
    private static final int PASSING = 4;
    private static final int REACH = 2 * FILLED + PASSING;
    private static final long NANOS_PER_POSITION = 10;
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
     * @param scratch to be handed to {@link #giveBack}, too
     */
    MotionMask(FloatTensor first, FloatTensor second, FloatTensor flows, Scratch scratch, ParallelRows parallel) {
        this.width = flows.width();
        this.height = flows.height();
        this.flows = flows;
        this.filled = scratch.take(width * height);
        this.around = scratch.take(width * height);
        parallel.run(height, NANOS_PER_POSITION * width, (from, to) -> fill(first, second, from, to, scratch));
    }

    /** Ends the use of this. */
    void giveBack(Scratch scratch) {
        scratch.giveBack(filled);
        scratch.giveBack(around);
    }

    /** For one thread. */
    Rows rows() {
        return new Rows();
    }

    /** Rows of the mask, one at a time. */
    final class Rows {
        private final float[][] flow = new float[4][width];

        private Rows() {}

        void read(int y, float[] target) {
            for (int channel = 0; channel < flow.length; channel++) {
                flows.read((long) channel * flows.plane() + (long) y * width, flow[channel], 0, width);
            }
            for (int x = 0; x < width; x++) {
                float moving = share(filled[y * width + x]);
                if (moving < 1) {
                    moving = Math.max(moving, share(leastEnd(filled, x, y)));
                    float length = Math.min(length(flow[0][x], flow[1][x]), length(flow[2][x], flow[3][x]));
                    if (moving < 1 && length > LONG_FLOW) {
                        moving = Math.max(moving, share(leastEnd(around, x, y)) * Math.min(length - LONG_FLOW, 1));
                    }
                }
                target[x] = moving;
            }
        }

        /** The lesser of the values at which the two flows of a position end. */
        private float leastEnd(float[] plane, int x, int y) {
            return Math.min(
                    Bilinear.sample(plane, width, height, x + flow[0][x], y + flow[1][x]),
                    Bilinear.sample(plane, width, height, x + flow[2][x], y + flow[3][x]));
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

    private static float share(float difference) {
        return Math.clamp((difference - STILL_BELOW) / RAMP, 0, 1);
    }

    private static float length(float dx, float dy) {
        return Math.max(Math.abs(dx), Math.abs(dy));
    }

    /** The largest difference of every four pixels, in the plane's rows, of which the first is that of a picture's row. */
    private void differences(FloatTensor first, FloatTensor second, int top, float[] largest) {
        float[] a = new float[2 * width];
        float[] b = new float[2 * width];
        float[] row = new float[2 * width];
        for (int y = 0; y < 2 * largest.length / width; y++) {
            long line = (2L * top + y) * 2 * width;
            first.read(line, a, 0, 2 * width);
            second.read(line, b, 0, 2 * width);
            for (int x = 0; x < 2 * width; x++) {
                row[x] = Math.max(y % 2 == 0 ? 0 : row[x], Math.abs(b[x] - a[x]));
            }
            if (y % 2 == 1) {
                for (int x = 0; x < width; x++) {
                    largest[y / 2 * width + x] = Math.max(row[2 * x], row[2 * x + 1]);
                }
            }
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
        for (; i <= count - Lanes.FLOATS.length(); i += Lanes.FLOATS.length()) {
            FloatVector other = FloatVector.fromArray(Lanes.FLOATS, values, i + further);
            FloatVector.fromArray(Lanes.FLOATS, values, i).max(other).intoArray(target, at + i);
        }
        for (; i < count; i++) {
            target[at + i] = Math.max(values[i], values[i + further]);
        }
    }

    private static void negate(float[] plane) {
        for (int i = 0; i < plane.length; i++) {
            plane[i] = -plane[i];
        }
    }
}
