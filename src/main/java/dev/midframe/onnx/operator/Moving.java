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
    private final float[] difference;
    private final float[] filled;
    private final float[] inside;
    private final FloatTensor flows;
    private final float[][] flow;
    private final float[] near;

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
        this.near = new float[width + LANES.length()];
        // The last row's vectors go beyond its end; those of other rows write what the next row writes anew.
        int places = width * height + 2 * LANES.length();
        this.difference = scratch.take(places);
        this.filled = scratch.take(places);
        this.inside = scratch.take(places);
        differences(first, second);
        float[] across = scratch.take(places);
        spread(difference, across, filled, 1);
        spread(filled, across, filled, -1);
        spread(filled, across, inside, -1);
        scratch.giveBack(across);
    }

    /** Ends the use of this. */
    void giveBack(Scratch scratch) {
        scratch.giveBack(difference);
        scratch.giveBack(filled);
        scratch.giveBack(inside);
    }

    /**
     * What a row's pixels have at the least, whatever they differ by themselves; and what chroma has, four pixels a place.
     *
     * @param luma with room for a vector behind the row; chroma likewise
     */
    void read(int y, float[] luma, float[] chroma) {
        for (int channel = 0; channel < flow.length; channel++) {
            flows.read((long) channel * flows.plane() + (long) y * width, flow[channel], 0, width);
        }
        int row = y * width;
        for (int x = 0; x < width; x += LANES.length()) {
            share(FloatVector.fromArray(LANES, inside, row + x)).intoArray(luma, x);
            share(FloatVector.fromArray(LANES, filled, row + x)).intoArray(near, x);
        }
        for (int x = 0; x < width; x++) {
            if (near[x] < 1) {
                float before = Bilinear.sample(filled, width, height, x + flow[0][x], y + flow[1][x]);
                float after = Bilinear.sample(filled, width, height, x + flow[2][x], y + flow[3][x]);
                float passing = Math.clamp((Math.min(before, after) - STILL_BELOW) / RAMP, 0, 1);
                luma[x] = Math.max(luma[x], (1 - near[x]) * passing);
            }
        }
        for (int x = 0; x < width; x += LANES.length()) {
            share(FloatVector.fromArray(LANES, difference, row + x))
                    .max(FloatVector.fromArray(LANES, luma, x))
                    .intoArray(chroma, x);
        }
    }

    /** Of the network's answer where the pictures differ by so much. */
    static FloatVector share(FloatVector difference) {
        return difference.sub(STILL_BELOW).mul(1 / RAMP).max(0).min(1);
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
                    difference[y / 2 * width + x] = Math.max(largest[2 * x], largest[2 * x + 1]);
                }
            }
        }
    }

    /** Every place becomes the largest of itself and its eight neighbours; with a sign of -1, the least. */
    private void spread(float[] plane, float[] across, float[] result, float sign) {
        for (int y = 0; y < height; y++) {
            int row = y * width;
            int last = row + width - 1;
            for (int at = row + 1; at < last; at += LANES.length()) {
                largest(plane, at - 1, at, at + 1, sign).intoArray(across, at);
            }
            across[row] = sign * Math.max(sign * plane[row], sign * plane[Math.min(row + 1, last)]);
            across[last] = sign * Math.max(sign * plane[last], sign * plane[Math.max(last - 1, row)]);
        }
        for (int y = 0; y < height; y++) {
            int row = y * width;
            int above = Math.max(y - 1, 0) * width;
            int below = Math.min(y + 1, height - 1) * width;
            for (int x = 0; x < width; x += LANES.length()) {
                largest(across, above + x, row + x, below + x, sign).intoArray(result, row + x);
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
