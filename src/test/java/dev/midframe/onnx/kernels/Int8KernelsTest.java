package dev.midframe.onnx.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.onnx.lowering.CustomOp;
import dev.midframe.onnx.lowering.Operands;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the int8 operators give, element by element, for flows of whole pixels: {@link SamplingTest} has what lies between. */
class Int8KernelsTest {

    private static final int WIDTH = 20;
    private static final int HEIGHT = 6;
    private static final int CHANNELS = 32;
    private static final int RIGHT = 3;
    private static final int DOWN = 1;
    private static final int ZERO_POINT = 85;
    private static final int MIDDLE = 128;

    private final KernelRun run = new KernelRun();

    @AfterEach
    void freeMemory() {
        run.close();
    }

    @Test
    void halvesToTheRoundedMeansOfFour() {
        FloatTensor features = run.int8Noise(1, HEIGHT, WIDTH, CHANNELS);
        FloatTensor halved = run.output(CustomOp.INT8_AVERAGE_POOL_2X2, new Operands.AveragePool<>(features));
        assertThat(halved.shape()).containsExactly(1, HEIGHT / 2, WIDTH / 2, CHANNELS);
        for (int y = 0; y < HEIGHT / 2; y++) {
            for (int x = 0; x < WIDTH / 2; x++) {
                for (int channel = 0; channel < CHANNELS; channel++) {
                    int sum = KernelRun.int8(features, 0, 2 * y, 2 * x, channel)
                            + KernelRun.int8(features, 0, 2 * y, 2 * x + 1, channel)
                            + KernelRun.int8(features, 0, 2 * y + 1, 2 * x, channel)
                            + KernelRun.int8(features, 0, 2 * y + 1, 2 * x + 1, channel);
                    assertThat(KernelRun.int8(halved, 0, y, x, channel)).isEqualTo((sum + 2) / 4);
                }
            }
        }
    }

    @Test
    void takesSquaresOfAPictureAsChannels() {
        int stem = 4;
        FloatTensor luma = run.noise(0, 1, 1, 1, stem * HEIGHT, stem * WIDTH);
        FloatTensor chroma = run.noise(-0.5f, 0.5f, 1, 2, 2 * HEIGHT, 2 * WIDTH);
        float scale = 1.5f / 255;
        FloatTensor image = run.output(
                CustomOp.INT8_PIXEL_UNSHUFFLE,
                new Operands.PixelUnshuffle<>(luma, chroma, /* parameters= */ run.list(stem, scale, ZERO_POINT)));
        assertThat(image.shape()).containsExactly(1, HEIGHT, WIDTH, 24);
        for (int channel = 0; channel < 24; channel++) {
            int side = channel < 16 ? stem : stem / 2;
            int corner = channel < 16 ? channel : channel % 4;
            long plane = channel < 20 ? 0 : chroma.plane();
            FloatTensor source = channel < 16 ? luma : chroma;
            for (int position = 0; position < WIDTH * HEIGHT; position++) {
                int y = position / WIDTH * side + corner / side;
                int x = position % WIDTH * side + corner % side;
                float value = source.get(plane + (long) y * source.width() + x);
                assertThat(KernelRun.int8(image, 0, position / WIDTH, position % WIDTH, channel))
                        .isEqualTo(Math.round(value / scale + ZERO_POINT));
            }
        }
    }

    @Test
    void putsTheOtherPictureWhereTheFlowPointsBesideItsOwn() {
        FloatTensor first = run.int8Noise(1, HEIGHT, WIDTH, CHANNELS);
        FloatTensor second = run.int8Noise(1, HEIGHT, WIDTH, CHANNELS);
        FloatTensor both = run.output(CustomOp.INT8_FLOW_INPUT, new Operands.FlowInput<>(first, second, flow(2)));
        assertThat(both.shape()).containsExactly(2, HEIGHT, WIDTH, 2 * CHANNELS);
        for (int image = 0; image < 2; image++) {
            FloatTensor own = image == 0 ? first : second;
            FloatTensor other = image == 0 ? second : first;
            for (int position = 0; position < WIDTH * HEIGHT; position++) {
                int y = position / WIDTH;
                int x = position % WIDTH;
                for (int channel = 0; channel < CHANNELS; channel++) {
                    assertThat(KernelRun.int8(both, image, y, x, channel))
                            .isEqualTo(KernelRun.int8(own, 0, y, x, channel));
                    assertThat(KernelRun.int8(both, image, y, x, CHANNELS + channel))
                            .isEqualTo(reached(other, y, x, channel));
                }
            }
        }
    }

    @Test
    void scalesFeaturesForTheDecoderAndDividesFlows() {
        FloatTensor first = run.int8Noise(1, HEIGHT, WIDTH, CHANNELS);
        FloatTensor second = run.int8Noise(1, HEIGHT, WIDTH, CHANNELS);
        FloatTensor rough = run.noise(-30, 30, 1, 2, HEIGHT, WIDTH);
        float scale = 0.05f;
        FloatTensor all = run.output(
                CustomOp.INT8_FUSION_INPUT,
                new Operands.FusionInput<>(
                        first,
                        second,
                        /* toFirst= */ flow(1),
                        /* toSecond= */ rough,
                        /* quantization= */ run.list(0.6f, 64, MIDDLE, scale)));
        assertThat(all.shape()).containsExactly(1, HEIGHT, WIDTH, 2 * CHANNELS + 16);
        for (int position = 0; position < WIDTH * HEIGHT; position++) {
            int y = position / WIDTH;
            int x = position % WIDTH;
            for (int channel = 0; channel < CHANNELS; channel++) {
                double expected = (reached(first, y, x, channel) - 64) * 0.6 + MIDDLE;
                assertThat((double) KernelRun.int8(all, 0, y, x, channel)).isCloseTo(expected, Offset.offset(0.501));
            }
            assertThat(flowAt(all, y, x, 0, scale)).isCloseTo(RIGHT, Offset.offset(scale / 2));
            assertThat(flowAt(all, y, x, 1, scale)).isCloseTo(DOWN, Offset.offset(scale / 2));
            float farthest = 4 * 127 * scale;
            for (int channel = 0; channel < 2; channel++) {
                float expected = Math.clamp(rough.get((long) channel * rough.plane() + position), -farthest, farthest);
                assertThat(flowAt(all, y, x, 2 + channel, scale)).isCloseTo(expected, Offset.offset(0.501f * scale));
            }
        }
    }

    /** A value that four elements are the sum of. */
    private static float flowAt(FloatTensor all, int y, int x, int channel, float scale) {
        int sum = 0;
        for (int part = 0; part < 4; part++) {
            sum += KernelRun.int8(all, 0, y, x, 2 * CHANNELS + 4 * channel + part) - MIDDLE;
        }
        return sum * scale;
    }

    /** The element that the flow leads to, or the last one before the border. */
    private static int reached(FloatTensor features, int y, int x, int channel) {
        return KernelRun.int8(features, 0, Math.min(y + DOWN, HEIGHT - 1), Math.min(x + RIGHT, WIDTH - 1), channel);
    }

    private FloatTensor flow(int images) {
        float[] flow = new float[images * 2 * HEIGHT * WIDTH];
        for (int position = 0; position < flow.length; position++) {
            flow[position] = position / (HEIGHT * WIDTH) % 2 == 0 ? RIGHT : DOWN;
        }
        return run.floats(flow, images, 2, HEIGHT, WIDTH);
    }
}
