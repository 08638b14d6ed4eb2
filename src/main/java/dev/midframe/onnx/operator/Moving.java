package dev.midframe.onnx.operator;

/** Where a frame's answer is the network's: rows of 0 for still to 1 for moving, at half the picture's size ({@code film.Stillness}). */
final class Moving {

    private static final float STILL_BELOW = 1 / 255f;
    private static final float RAMP = 2 / 255f;

    private final int width;
    private final int height;
    private final float[] difference;
    private final float[] filled;
    private final float[] inside;
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
        this.difference = scratch.take(width * height);
        this.filled = scratch.take(width * height);
        this.inside = scratch.take(width * height);
        differences(first, second, difference);
        float[] across = scratch.take(width * height);
        System.arraycopy(difference, 0, filled, 0, width * height);
        spread(filled, across);
        shrink(filled, across);
        System.arraycopy(filled, 0, inside, 0, width * height);
        shrink(inside, across);
        scratch.giveBack(across);
    }

    /** Ends the use of this. */
    void giveBack(Scratch scratch) {
        scratch.giveBack(difference);
        scratch.giveBack(filled);
        scratch.giveBack(inside);
    }

    /** What a row's pixels have at the least, whatever they differ by themselves; and what chroma has, four pixels a place. */
    void read(int y, float[] luma, float[] chroma) {
        for (int channel = 0; channel < flow.length; channel++) {
            flows.read((long) channel * flows.plane() + (long) y * width, flow[channel], 0, width);
        }
        for (int x = 0; x < width; x++) {
            int place = y * width + x;
            float least = share(inside[place]);
            float near = share(filled[place]);
            if (near < 1) {
                float before = Bilinear.sample(filled, width, height, x + flow[0][x], y + flow[1][x]);
                float after = Bilinear.sample(filled, width, height, x + flow[2][x], y + flow[3][x]);
                least = Math.max(least, (1 - near) * share(Math.min(before, after)));
            }
            luma[x] = least;
            chroma[x] = Math.max(least, share(difference[place]));
        }
    }

    /** Of the network's answer where the pictures differ by so much. */
    static float share(float difference) {
        return Math.clamp((difference - STILL_BELOW) / RAMP, 0, 1);
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

    /** Every place becomes the largest of itself and its eight neighbours. */
    private void spread(float[] plane, float[] across) {
        for (int y = 0; y < height; y++) {
            int row = y * width;
            for (int x = 0; x < width; x++) {
                float left = plane[row + Math.max(x - 1, 0)];
                float right = plane[row + Math.min(x + 1, width - 1)];
                across[row + x] = Math.max(plane[row + x], Math.max(left, right));
            }
        }
        for (int y = 0; y < height; y++) {
            int above = Math.max(y - 1, 0) * width;
            int below = Math.min(y + 1, height - 1) * width;
            for (int x = 0; x < width; x++) {
                plane[y * width + x] = Math.max(across[y * width + x], Math.max(across[above + x], across[below + x]));
            }
        }
    }

    /** Every place becomes the least of itself and its eight neighbours. */
    private void shrink(float[] plane, float[] across) {
        negate(plane);
        spread(plane, across);
        negate(plane);
    }

    private void negate(float[] plane) {
        for (int place = 0; place < width * height; place++) {
            plane[place] = -plane[place];
        }
    }
}
