package dev.midframe.onnx.kernels;

import dev.midframe.onnx.lowering.CustomOp;
import dev.midframe.onnx.lowering.Operands;
import java.util.List;

/** {@link CustomOp#INT8_PIXEL_UNSHUFFLE}. */
record Int8PixelUnshuffle() implements Computation {

    @Override
    public void run(List<FloatTensor> inputs, Outputs outputs, ParallelRows parallel) {
        Operands.PixelUnshuffle<FloatTensor> in = Operands.PixelUnshuffle.of(inputs);
        FloatTensor luma = in.luma();
        int stem = (int) in.parameters().get(0);
        int channels = stem * stem * 3 / 2;
        int width = luma.width() / stem;
        int height = luma.height() / stem;
        FloatTensor image = outputs.allocate(0, 1, height, width, channels);
        parallel.run(height, (long) width * channels / 2, (from, to) -> rows(in, stem, image, from, to));
    }

    private static void rows(Operands.PixelUnshuffle<FloatTensor> in, int stem, FloatTensor image, int from, int to) {
        FloatTensor luma = in.luma();
        FloatTensor chroma = in.chroma();
        float ratio = 1 / in.parameters().get(1);
        float zero = in.parameters().get(2);
        int ofLuma = stem * stem;
        int ofChroma = ofLuma / 4;
        Int8Row row = new Int8Row(luma.width() / stem, ofLuma + 2 * ofChroma, stem);
        Squares squares = new Squares(row, new float[Lanes.whole(luma.width())], ratio, zero);
        for (int y = from; y < to; y++) {
            squares.put(luma, 0, stem, y, 0);
            squares.put(chroma, 0, stem / 2, y, ofLuma);
            squares.put(chroma, 1, stem / 2, y, ofLuma + ofChroma);
            row.write(image, y);
        }
    }

    /** Squares of a plane, each of which becomes the channels of a position. */
    private record Squares(Int8Row row, float[] line, float ratio, float zero) {

        void put(FloatTensor from, int plane, int side, int y, int channel) {
            for (int lower = 0; lower < side; lower++) {
                long start = (long) plane * from.plane() + ((long) y * side + lower) * from.width();
                from.read(start, line, 0, from.width());
                row.put(line, side, channel + lower * side, ratio, zero);
            }
        }
    }
}
