package dev.midframe.onnx.kernels.blending;

import dev.midframe.film.model.Channels;

/** The output of the blend head's last layer, [1,10,h,w] at half the picture's size: {@link Channels#BLEND_HEAD} floats a position. */
interface BlendHeadOutput {

    int width();

    int height();

    /** Reads a row into one array a channel, of whole vectors. */
    void read(int y, float[][] rows);
}
