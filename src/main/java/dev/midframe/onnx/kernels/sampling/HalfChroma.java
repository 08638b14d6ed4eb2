package dev.midframe.onnx.kernels.sampling;

import dev.midframe.onnx.kernels.FloatTensor;
import java.util.Arrays;

/** Rows of chroma at half the picture's size, whatever its subsampling: means of what falls on a position. */
public final class HalfChroma {

    private final FloatTensor chroma;
    private final int factorX;
    private final int factorY;
    private final float[] line;

    public HalfChroma(FloatTensor chroma, int width, int height) {
        this.chroma = chroma;
        this.factorX = chroma.width() / width;
        this.factorY = chroma.height() / height;
        this.line = new float[chroma.width()];
    }

    /** @param target at least as long as the row, and behind it undefined */
    public void read(int channel, int y, float[] target) {
        long row = (long) channel * chroma.plane() + (long) y * factorY * chroma.width();
        if (factorX == 1 && factorY == 1) {
            chroma.read(row, target, 0, line.length);
            return;
        }
        Arrays.fill(target, 0);
        float share = 1f / (factorX * factorY);
        for (int part = 0; part < factorY; part++) {
            chroma.read(row + (long) part * chroma.width(), line, 0, line.length);
            for (int x = 0; x < line.length; x++) {
                target[x / factorX] += share * line[x];
            }
        }
    }
}
