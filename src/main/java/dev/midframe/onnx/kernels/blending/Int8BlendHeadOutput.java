package dev.midframe.onnx.kernels.blending;

import dev.midframe.film.model.Channels;
import dev.midframe.onnx.kernels.FloatTensor;
import dev.midframe.onnx.kernels.Lanes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** {@link BlendHeadOutput} quantized, uint8 [1,h,w,16]: four words of four channels each, the last channels of no meaning. */
final class Int8BlendHeadOutput implements BlendHeadOutput {

    private static final ValueLayout.OfInt WORD = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int WORDS = 4;
    private static final int CHANNELS_OF_WORD = 4;

    private final FloatTensor output;
    private final float[] scales;
    private final float zero;
    private final int[] row;
    private final int[] words;

    /** @param quantization [4] the scale of each word's channels, and the zero point */
    Int8BlendHeadOutput(FloatTensor output, FloatTensor quantization) {
        this.output = output;
        this.scales = new float[] {quantization.get(0), quantization.get(1), quantization.get(2)};
        this.zero = quantization.get(3);
        this.row = new int[WORDS * Lanes.whole(width())];
        this.words = new int[row.length];
    }

    @Override
    public int width() {
        return output.shape()[2];
    }

    @Override
    public int height() {
        return output.shape()[1];
    }

    @Override
    public void read(int y, float[][] rows) {
        int count = WORDS * width();
        MemorySegment.copy(output.data(), WORD, (long) y * count * Integer.BYTES, row, 0, count);
        separate();
        int stored = row.length / WORDS;
        for (int channel = 0; channel < Channels.BLEND_HEAD; channel++) {
            int word = channel / CHANNELS_OF_WORD;
            int shift = channel % CHANNELS_OF_WORD * Byte.SIZE;
            for (int x = 0; x < stored; x += Lanes.INTS.length()) {
                FloatVector elements = (FloatVector) IntVector.fromArray(Lanes.INTS, words, word * stored + x)
                        .lanewise(VectorOperators.LSHR, shift)
                        .and(0xff)
                        .convert(VectorOperators.I2F, 0);
                elements.sub(zero).mul(scales[word]).intoArray(rows[channel], x);
            }
        }
    }

    /** Positions of four words each become four lines of words. */
    private void separate() {
        int stored = row.length / WORDS;
        int lanes = Lanes.INTS.length();
        for (int x = 0; x < stored; x += lanes) {
            IntVector a = IntVector.fromArray(Lanes.INTS, row, WORDS * x);
            IntVector b = IntVector.fromArray(Lanes.INTS, row, WORDS * x + lanes);
            IntVector c = IntVector.fromArray(Lanes.INTS, row, WORDS * x + 2 * lanes);
            IntVector d = IntVector.fromArray(Lanes.INTS, row, WORDS * x + 3 * lanes);
            IntVector evenFirst = Lanes.EVEN.selectFrom(a, b);
            IntVector evenLast = Lanes.EVEN.selectFrom(c, d);
            IntVector oddFirst = Lanes.ODD.selectFrom(a, b);
            IntVector oddLast = Lanes.ODD.selectFrom(c, d);
            Lanes.EVEN.selectFrom(evenFirst, evenLast).intoArray(words, x);
            Lanes.EVEN.selectFrom(oddFirst, oddLast).intoArray(words, stored + x);
            Lanes.ODD.selectFrom(evenFirst, evenLast).intoArray(words, 2 * stored + x);
        }
    }
}
