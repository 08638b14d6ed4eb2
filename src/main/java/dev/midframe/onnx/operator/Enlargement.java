package dev.midframe.onnx.operator;

/** Bilinear enlargement of lines by a whole factor, half-pixel centres. */
final class Enlargement {

    private final int size;
    private final int[] left;
    private final float[] share;

    Enlargement(int size, int factor) {
        this.size = size;
        this.left = new int[size * factor];
        this.share = new float[size * factor];
        for (int column = 0; column < left.length; column++) {
            float place = place(column, factor, size);
            left[column] = (int) place;
            share[column] = place - left[column];
        }
    }

    /** @param line one number longer than it has numbers, for use in here */
    void enlarge(float[] line, float[] target) {
        line[size] = line[size - 1];
        for (int column = 0; column < left.length; column++) {
            float a = line[left[column]];
            target[column] = a + share[column] * (line[left[column] + 1] - a);
        }
    }

    /** Where the centre of an enlarged position lies between those of the small ones, not beyond the outer ones. */
    static float place(int position, int factor, int size) {
        return Math.clamp((position + 0.5f) / factor - 0.5f, 0, size - 1);
    }
}
