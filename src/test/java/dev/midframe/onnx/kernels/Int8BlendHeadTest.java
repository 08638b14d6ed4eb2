package dev.midframe.onnx.kernels;

import static dev.midframe.onnx.kernels.KernelRun.BLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.film.model.Channels;
import dev.midframe.onnx.lowering.CustomOp;
import dev.midframe.onnx.lowering.Operands;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The custom operators around the blend head's layers, in int8 against in floats. */
class Int8BlendHeadTest {

    /** Of level 0, a quarter of the picture's size. */
    private static final int WIDTH = 10;

    private static final int HEIGHT = 6;
    private static final int POSITIONS_AT_HALF_SIZE = 4 * HEIGHT * WIDTH;
    private static final float PICTURE_SCALE = 1.5f / 255;
    private static final float FEATURE_SCALE = 0.03f;
    private static final float MASK_SCALE = 0.05f;
    private static final float LUMA_SCALE = 0.001f;
    private static final float CHROMA_SCALE = 0.0005f;
    private static final int INPUT_ZERO_POINT = 85;
    private static final int OUTPUT_ZERO_POINT = 128;

    /** Of the quantized output; those behind {@link Channels#BLEND_HEAD} are padding. */
    private static final int OUTPUT_CHANNELS = 16;

    private final KernelRun run = new KernelRun();
    private final Operands.Pictures<FloatTensor> pictures = new Operands.Pictures<>(
            /* firstLuma= */ run.noise(0, 1, 1, 1, 4 * HEIGHT, 4 * WIDTH),
            /* firstChroma= */ run.noise(-0.5f, 0.5f, 1, 2, 2 * HEIGHT, 2 * WIDTH),
            /* secondLuma= */ run.noise(0, 1, 1, 1, 4 * HEIGHT, 4 * WIDTH),
            /* secondChroma= */ run.noise(-0.5f, 0.5f, 1, 2, 2 * HEIGHT, 2 * WIDTH));

    @AfterEach
    void freeMemory() {
        run.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 20})
    void theLayersSeeTheSameQuantized(int features) {
        var operands = blendHeadInput(features);
        Map<Integer, FloatTensor> exact = run.outputs(CustomOp.BLEND_HEAD_INPUT, operands);
        Map<Integer, FloatTensor> quantized = run.outputs(CustomOp.INT8_BLEND_HEAD_INPUT, operands);

        for (int output = 1; output < 5; output++) {
            assertSame(quantized.get(output), exact.get(output), output);
        }
        FloatTensor seen = quantized.get(0);
        assertThat(seen.shape()).containsExactly(1, 2 * HEIGHT, 2 * WIDTH, Channels.PICTURES + features);
        for (int position = 0; position < POSITIONS_AT_HALF_SIZE; position++) {
            for (int channel = 0; channel < Channels.PICTURES + features; channel++) {
                boolean picture = channel < Channels.PICTURES;
                int exactChannel = picture ? features + channel : channel - Channels.PICTURES;
                float value = nchwc(exact.get(0), exactChannel, position);
                double expected = value / (picture ? PICTURE_SCALE : FEATURE_SCALE) + INPUT_ZERO_POINT;
                double found = KernelRun.int8(seen, 0, position / (2 * WIDTH), position % (2 * WIDTH), channel);
                assertThat(found)
                        .as("channel " + channel)
                        .isCloseTo(Math.clamp(expected, 0, 255), Offset.offset(0.501));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0.5f, 0.2f})
    void theFrameIsThatOfTheDequantizedOutput(float time) {
        FloatTensor output = run.int8Noise(1, 2 * HEIGHT, 2 * WIDTH, OUTPUT_CHANNELS);
        var operands = blendHead(output, time);
        Map<Integer, FloatTensor> expected =
                run.outputs(CustomOp.BLEND_HEAD, withOutput(operands, dequantized(output)));
        Map<Integer, FloatTensor> found = run.outputs(CustomOp.INT8_BLEND_HEAD, operands);

        assertSame(found.get(0), expected.get(0), 0);
        assertSame(found.get(1), expected.get(1), 1);
    }

    private Operands.BlendHeadInput<FloatTensor> blendHeadInput(int features) {
        int decoderChannels = 4 * Math.ceilDiv(features + Channels.FLOWS, BLOCK) * BLOCK;
        return new Operands.BlendHeadInput<>(
                pictures,
                /* toFirst= */ run.noise(-3, 3, 1, 2, HEIGHT, WIDTH),
                /* toSecond= */ run.noise(-3, 3, 1, 2, HEIGHT, WIDTH),
                /* decoderOutput= */ run.noise(-2, 2, 1, decoderChannels, HEIGHT, WIDTH),
                /* parameters= */ run.list(features, 1, 1),
                /* quantization= */ run.list(PICTURE_SCALE, INPUT_ZERO_POINT, FEATURE_SCALE));
    }

    private Operands.BlendHead<FloatTensor> blendHead(FloatTensor output, float time) {
        return new Operands.BlendHead<>(
                output,
                /* moving= */ run.noise(0, 1, 1, 1, 2 * HEIGHT, 2 * WIDTH),
                /* warpedChroma= */ run.noise(-0.5f, 0.5f, 1, 4, 2 * HEIGHT, 2 * WIDTH),
                /* warpedLuma= */ run.noise(0, 1, 1, 2, 4 * HEIGHT, 4 * WIDTH),
                pictures,
                run.list(time),
                /* quantization= */ run.list(MASK_SCALE, LUMA_SCALE, CHROMA_SCALE, OUTPUT_ZERO_POINT));
    }

    private static Operands.BlendHead<FloatTensor> withOutput(
            Operands.BlendHead<FloatTensor> operands, FloatTensor output) {
        return new Operands.BlendHead<>(
                output,
                operands.moving(),
                operands.warpedChroma(),
                operands.warpedLuma(),
                operands.pictures(),
                operands.time(),
                null);
    }

    /** The quantized output in floats, NCHWc. */
    private FloatTensor dequantized(FloatTensor output) {
        float[] values = new float[POSITIONS_AT_HALF_SIZE * BLOCK];
        for (int position = 0; position < POSITIONS_AT_HALF_SIZE; position++) {
            for (int channel = 0; channel < Channels.BLEND_HEAD; channel++) {
                int element = KernelRun.int8(output, 0, position / (2 * WIDTH), position % (2 * WIDTH), channel);
                values[position * BLOCK + channel] = (element - OUTPUT_ZERO_POINT) * scale(channel);
            }
        }
        return run.floats(values, 1, BLOCK, 2 * HEIGHT, 2 * WIDTH);
    }

    private static float scale(int channel) {
        if (channel < Channels.LUMA_RESIDUAL) {
            return MASK_SCALE;
        }
        return channel < Channels.CHROMA_RESIDUAL ? LUMA_SCALE : CHROMA_SCALE;
    }

    private static float nchwc(FloatTensor tensor, int channel, int position) {
        return tensor.get(((long) (channel / BLOCK) * tensor.plane() + position) * BLOCK + channel % BLOCK);
    }

    private static void assertSame(FloatTensor found, FloatTensor expected, int output) {
        assertThat(found.data().mismatch(expected.data()))
                .as("output " + output)
                .isEqualTo(-1);
    }
}
