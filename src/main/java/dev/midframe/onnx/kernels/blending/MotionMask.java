package dev.midframe.onnx.kernels.blending;

import dev.midframe.onnx.kernels.FloatTensor;
import dev.midframe.onnx.kernels.Scratch;
import dev.midframe.onnx.kernels.sampling.Bilinear;

/** Where a frame is the network's: rows of 0 for still to 1 for moving, at half the picture's size ({@code film.graph.Stillness}). */
final class MotionMask {

    private static final float STILL_BELOW = 1 / 255f;
    private static final float RAMP = 2 / 255f;

    private final int width;
    private final int height;
    private final float[] filled;
    private final FloatTensor flows;
    private final float[][] flow;

    /**
     * @param first luma [1,1,2h,2w]; second likewise
     * @param flows [1,4,h,w]: from each position into the first picture, and into the second
     * @param scratch to be handed to {@link #giveBack}, too
     */
    MotionMask(FloatTensor first, FloatTensor second, FloatTensor flows, Scratch scratch) {
        this.width = flows.width();
        this.height = flows.height();
        this.flows = flows;
        this.flow = new float[4][width];
        this.filled = scratch.take(width * height);
        float[] across = scratch.take(width * height);
        differences(first, second, filled);
        spread(filled, across, 1);
        spread(filled, across, -1);
        scratch.giveBack(across);
    }

    /** Ends the use of this. */
    void giveBack(Scratch scratch) {
        scratch.giveBack(filled);
    }

    void read(int y, float[] target) {
        for (int channel = 0; channel < flow.length; channel++) {
            flows.read((long) channel * flows.plane() + (long) y * width, flow[channel], 0, width);
        }
        for (int x = 0; x < width; x++) {
            float largest = filled[y * width + x];
            if (largest < STILL_BELOW + RAMP) {
                float before = Bilinear.sample(filled, width, height, x + flow[0][x], y + flow[1][x]);
                float after = Bilinear.sample(filled, width, height, x + flow[2][x], y + flow[3][x]);
                largest = Math.max(largest, Math.min(before, after));
            }
            target[x] = Math.clamp((largest - STILL_BELOW) / RAMP, 0, 1);
        }
    }

    /** The largest difference of every four pixels. */
    private void differences(FloatTensor first, FloatTensor second, float[] largest) {
        float[] a = new float[2 * width];
        float[] b = new float[2 * width];
        float[] row = new float[2 * width];
        for (int y = 0; y < 2 * height; y++) {
            first.read((long) y * 2 * width, a, 0, 2 * width);
            second.read((long) y * 2 * width, b, 0, 2 * width);
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

    /** Every position becomes the largest of itself and its eight neighbours; with a sign of -1, the least. */
    private void spread(float[] plane, float[] across, float sign) {
        for (int y = 0; y < height; y++) {
            int row = y * width;
            for (int x = 0; x < width; x++) {
                float left = sign * plane[row + Math.max(x - 1, 0)];
                float right = sign * plane[row + Math.min(x + 1, width - 1)];
                across[row + x] = Math.max(sign * plane[row + x], Math.max(left, right));
            }
        }
        for (int y = 0; y < height; y++) {
            int above = Math.max(y - 1, 0) * width;
            int below = Math.min(y + 1, height - 1) * width;
            for (int x = 0; x < width; x++) {
                float middle = Math.max(across[above + x], across[below + x]);
                plane[y * width + x] = sign * Math.max(across[y * width + x], middle);
            }
        }
    }
}
