package dev.midframe.onnx;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Rows of a flow at a size that is larger by whole factors: bilinear, half-pixel centres, in pixels of that size. */
final class FlowRows {

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    /** The row asked for last: x and y parts. */
    final float[] x;

    final float[] y;

    private final int width;
    private final int height;
    private final int factorX;
    private final int factorY;
    private final int[] left;
    private final float[] share;
    private final float[] coarse;

    /** @param width of the flow, which is then enlarged; height likewise */
    FlowRows(int width, int height, int factorX, int factorY) {
        this.width = width;
        this.height = height;
        this.factorX = factorX;
        this.factorY = factorY;
        this.x = new float[width * factorX];
        this.y = new float[width * factorX];
        this.left = new int[width * factorX];
        this.share = new float[width * factorX];
        this.coarse = new float[width + 1];
        for (int column = 0; column < left.length; column++) {
            float place = centre(column, factorX, width);
            left[column] = (int) place;
            share[column] = place - left[column];
        }
    }

    /** Computes {@link #x} and {@link #y} of an enlarged row. */
    void read(MemorySegment flow, int row) {
        if (factorX == 1 && factorY == 1) {
            long plane = (long) width * height;
            MemorySegment.copy(flow, FLOAT, (long) row * width * Float.BYTES, x, 0, width);
            MemorySegment.copy(flow, FLOAT, (plane + (long) row * width) * Float.BYTES, y, 0, width);
            return;
        }
        float place = centre(row, factorY, height);
        int upper = (int) place;
        enlarge(flow, 0, upper, place - upper, x, factorX);
        enlarge(flow, 1, upper, place - upper, y, factorY);
    }

    private void enlarge(MemorySegment flow, int channel, int upper, float shareDown, float[] target, int factor) {
        long top = ((long) channel * height + upper) * width;
        long below = upper < height - 1 ? width : 0;
        for (int column = 0; column < width; column++) {
            float a = flow.getAtIndex(FLOAT, top + column);
            float b = flow.getAtIndex(FLOAT, top + below + column);
            coarse[column] = factor * (a + shareDown * (b - a));
        }
        coarse[width] = coarse[width - 1];
        for (int column = 0; column < target.length; column++) {
            float a = coarse[left[column]];
            target[column] = a + share[column] * (coarse[left[column] + 1] - a);
        }
    }

    /** Where the centre of an enlarged position lies between those of the flow, not beyond the outer ones. */
    private static float centre(int position, int factor, int size) {
        return Math.clamp((position + 0.5f) / factor - 0.5f, 0, size - 1);
    }
}
