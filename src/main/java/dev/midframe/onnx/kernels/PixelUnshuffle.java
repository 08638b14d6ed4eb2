package dev.midframe.onnx.kernels;

import dev.midframe.onnx.lowering.CustomOp;
import dev.midframe.onnx.lowering.Operands;
import java.util.List;

/** {@link CustomOp#PIXEL_UNSHUFFLE}. */
record PixelUnshuffle(int block) implements Computation {

    @Override
    public void run(List<FloatTensor> inputs, Outputs outputs, ParallelRows parallel) {
        Operands.PixelUnshuffle<FloatTensor> in = Operands.PixelUnshuffle.of(inputs);
        FloatTensor luma = in.luma();
        FloatTensor chroma = in.chroma();
        int stem = (int) in.parameters().get(0);
        int chromaStem = stem / 2;
        int lumaChannels = stem * stem;
        int channels = lumaChannels + 2 * chromaStem * chromaStem;
        int stored = Math.ceilDiv(channels, block) * block;
        FloatTensor image = outputs.allocate(0, 1, stored, luma.height() / stem, luma.width() / stem);
        if (stored > channels) {
            image.data().fill((byte) 0);
        }
        parallel.run(image.height(), (long) channels * image.width(), (first, end) -> {
            unshuffle(luma, 0, stem, image, 0, first, end);
            for (int plane = 0; plane < 2; plane++) {
                int firstChannel = lumaChannels + plane * chromaStem * chromaStem;
                unshuffle(chroma, plane, chromaStem, image, firstChannel, first, end);
            }
        });
    }

    /** Every corner of a plane's squares of factor x factor becomes a channel: some rows of them. */
    private void unshuffle(
            FloatTensor from, int plane, int factor, FloatTensor image, int firstChannel, int first, int end) {
        float[] line = new float[from.width()];
        for (int y = first * factor; y < end * factor; y++) {
            from.read((long) plane * from.plane() + (long) y * line.length, line, 0, line.length);
            for (int right = 0; right < factor; right++) {
                int channel = firstChannel + y % factor * factor + right;
                long row = (long) (channel / block) * image.plane() + (long) (y / factor) * image.width();
                long index = row * block + channel % block;
                for (int x = right; x < line.length; x += factor) {
                    image.set(index, line[x]);
                    index += block;
                }
            }
        }
    }
}
