package dev.midframe.onnx.kernels.sampling;

import dev.midframe.onnx.kernels.Lanes;
import jdk.incubator.vector.FloatVector;

/** Bilinear enlargement of lines by a whole factor, half-pixel centres. */
public final class Enlargement {

    private final int size;
    private final int factor;
    private final int[] left;
    private final float[] share;

    Enlargement(int size, int factor) {
        this.size = size;
        this.factor = factor;
        this.left = new int[size * factor];
        this.share = new float[size * factor];
        for (int column = 0; column < left.length; column++) {
            float coordinate = coordinate(column, factor, size);
            left[column] = (int) coordinate;
            share[column] = coordinate - left[column];
        }
    }

    /** Elements that an array for a line must have. */
    static int length(int size) {
        return Lanes.whole(size) + 1;
    }

    /** Elements that an array for an enlarged line must have; those behind it are undefined. */
    static int length(int size, int factor) {
        return factor * length(size);
    }

    /** @param line with {@link #length} elements, for use in here; target likewise */
    void enlarge(float[] line, float[] target) {
        line[size] = line[size - 1];
        if (factor == 2) {
            enlargeByTwo(line, target);
            return;
        }
        for (int column = 0; column < left.length; column++) {
            float a = line[left[column]];
            target[column] = a + share[column] * (line[left[column] + 1] - a);
        }
    }

    /** Between two values lie two of the enlarged line, at a quarter and at three quarters of the way. */
    private void enlargeByTwo(float[] line, float[] target) {
        target[0] = line[0];
        for (int column = 0; column < size; column += Lanes.FLOATS.length()) {
            FloatVector here = FloatVector.fromArray(Lanes.FLOATS, line, column);
            FloatVector way =
                    FloatVector.fromArray(Lanes.FLOATS, line, column + 1).sub(here);
            FloatVector near = way.mul(0.25f).add(here);
            FloatVector far = way.mul(0.75f).add(here);
            near.rearrange(Lanes.ZIP_FIRST, far).intoArray(target, 2 * column + 1);
            near.rearrange(Lanes.ZIP_LAST, far).intoArray(target, 2 * column + 1 + Lanes.FLOATS.length());
        }
    }

    /** Where the centre of an enlarged position lies between those of the small ones, not beyond the outer ones. */
    public static float coordinate(int position, int factor, int size) {
        return Math.clamp((position + 0.5f) / factor - 0.5f, 0, size - 1);
    }
}
