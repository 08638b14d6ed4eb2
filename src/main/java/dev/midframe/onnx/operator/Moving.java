package dev.midframe.onnx.operator;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Where a frame's answer is the network's: rows of 0 for still to 1 for moving, at half the picture's size ({@code film.Stillness}). */
final class Moving {

    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;

    private static final float STILL_BELOW = 1 / 255f;
    private static final float RAMP = 2 / 255f;

    private final int width;
    private final int height;
    private final float[] filled;
    private final FloatTensor flows;
    private final float[][] flow;

    /**
     * @param first luma [1,1,2h,2w]; second likewise
     * @param flows [1,4,h,w]: from each place into the first picture, and into the second
     * @param scratch to be handed to {@link #giveBack}, too
     */
    Moving(FloatTensor first, FloatTensor second, FloatTensor flows, Scratch scratch) {
        this.width = flows.width();
        this.height = flows.height();
        this.flows = flows;
        this.flow = new float[4][width];
        // The last row's vectors go beyond its end; those of other rows write what the next row writes anew.
        int places = width * height + 2 * LANES.length();
        this.filled = scratch.take(places);
        differences(first, second);
        float[] across = scratch.take(places);
        spread(across, 1);
        spread(across, -1);
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
    private void differences(FloatTensor first, FloatTensor second) {
        int pixels = 2 * width;
        float[] a = new float[pixels + LANES.length()];
        float[] b = new float[pixels + LANES.length()];
        float[] largest = new float[pixels + LANES.length()];
        for (int y = 0; y < 2 * height; y++) {
            first.read((long) y * pixels, a, 0, pixels);
            second.read((long) y * pixels, b, 0, pixels);
            boolean lower = y % 2 == 1;
            for (int x = 0; x < pixels; x += LANES.length()) {
                FloatVector here = FloatVector.fromArray(LANES, b, x)
                        .sub(FloatVector.fromArray(LANES, a, x))
                        .abs();
                (lower ? here.max(FloatVector.fromArray(LANES, largest, x)) : here).intoArray(largest, x);
            }
            if (lower) {
                for (int x = 0; x < width; x++) {
                    filled[y / 2 * width + x] = Math.max(largest[2 * x], largest[2 * x + 1]);
                }
            }
        }
    }

    /** Every place becomes the largest of itself and its eight neighbours; with a sign of -1, the least. */
    private void spread(float[] across, float sign) {
        for (int y = 0; y < height; y++) {
            int row = y * width;
            int last = row + width - 1;
            for (int at = row + 1; at < last; at += LANES.length()) {
                largest(filled, at - 1, at, at + 1, sign).intoArray(across, at);
            }
            across[row] = sign * Math.max(sign * filled[row], sign * filled[Math.min(row + 1, last)]);
            across[last] = sign * Math.max(sign * filled[last], sign * filled[Math.max(last - 1, row)]);
        }
        for (int y = 0; y < height; y++) {
            int row = y * width;
            int above = Math.max(y - 1, 0) * width;
            int below = Math.min(y + 1, height - 1) * width;
            for (int x = 0; x < width; x += LANES.length()) {
                largest(across, above + x, row + x, below + x, sign).intoArray(filled, row + x);
            }
        }
    }

    private static FloatVector largest(float[] plane, int a, int b, int c, float sign) {
        return FloatVector.fromArray(LANES, plane, a)
                .mul(sign)
                .max(FloatVector.fromArray(LANES, plane, b).mul(sign))
                .max(FloatVector.fromArray(LANES, plane, c).mul(sign))
                .mul(sign);
    }
}
