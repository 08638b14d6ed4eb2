package dev.midframe.onnx.operator;

import dev.midframe.film.CpuOperator;
import java.lang.foreign.ValueLayout;

/** {@link CpuOperator#BYTES_IMAGE}. */
record BytesImage() implements Computation {

    private static final int LARGEST = 255;

    @Override
    public void run(FloatTensor[] inputs, Outputs outputs) {
        FloatTensor luma = inputs[0];
        FloatTensor chroma = inputs[1];
        int stem = (int) inputs[2].get(0);
        float scale = inputs[2].get(1);
        float zero = inputs[2].get(2);
        int chromaStem = stem / 2;
        int ofChroma = chromaStem * chromaStem;
        int channels = stem * stem + 2 * ofChroma;
        FloatTensor image = outputs.allocate(0, 1, luma.height() / stem, luma.width() / stem, channels);
        unshuffle(luma, 0, stem, 1 / scale, zero + 0.5f, image, 0);
        for (int plane = 0; plane < 2; plane++) {
            unshuffle(chroma, plane, chromaStem, 1 / scale, zero + 0.5f, image, stem * stem + plane * ofChroma);
        }
    }

    /** Every corner of a plane's squares of factor x factor becomes a channel. */
    private static void unshuffle(
            FloatTensor from, int plane, int factor, float ratio, float offset, FloatTensor image, int firstChannel) {
        int channels = image.shape()[3];
        float[] line = new float[from.width()];
        for (int y = 0; y < from.height(); y++) {
            from.read((long) plane * from.plane() + (long) y * line.length, line, 0, line.length);
            long row = (long) (y / factor) * (line.length / factor) * channels + firstChannel + y % factor * factor;
            for (int right = 0; right < factor; right++) {
                long place = row + right;
                for (int x = right; x < line.length; x += factor) {
                    byte value = (byte) Math.clamp((int) (line[x] * ratio + offset), 0, LARGEST);
                    image.data().set(ValueLayout.JAVA_BYTE, place, value);
                    place += channels;
                }
            }
        }
    }
}
