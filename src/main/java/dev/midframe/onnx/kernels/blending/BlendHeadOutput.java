package dev.midframe.onnx.kernels.blending;

/** What the last layer answers, of every position: mask and luma residual as four channels each, chroma residual as two. */
public interface BlendHeadOutput {

    int CHANNELS = 4 + 4 + 2;

    int width();

    int height();

    /** Reads a row into one array for each channel, of whole vectors. */
    void read(int y, float[][] rows);
}
