package dev.midframe.onnx.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.onnx.lowering.CustomOp;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the operators on bytes give, byte by byte, for flows of whole pixels: {@link SamplingTest} has what lies between. */
class Int8KernelsTest {

    private static final int WIDTH = 20;
    private static final int HEIGHT = 6;
    private static final int CHANNELS = 32;
    private static final int RIGHT = 3;
    private static final int DOWN = 1;

    private final Random random = new Random(1);
    private final Arena arena = Arena.ofConfined();

    @AfterEach
    void freeMemory() {
        arena.close();
    }

    @Test
    void halvesToTheRoundedMeansOfFour() {
        FloatTensor bytes = noise(1, HEIGHT, WIDTH, CHANNELS);
        FloatTensor halved = run(CustomOp.INT8_AVERAGE_POOL_2X2, bytes);
        assertThat(halved.shape()).containsExactly(1, HEIGHT / 2, WIDTH / 2, CHANNELS);
        for (int y = 0; y < HEIGHT / 2; y++) {
            for (int x = 0; x < WIDTH / 2; x++) {
                for (int channel = 0; channel < CHANNELS; channel++) {
                    int sum = at(bytes, 0, 2 * y, 2 * x, channel)
                            + at(bytes, 0, 2 * y, 2 * x + 1, channel)
                            + at(bytes, 0, 2 * y + 1, 2 * x, channel)
                            + at(bytes, 0, 2 * y + 1, 2 * x + 1, channel);
                    assertThat(at(halved, 0, y, x, channel)).isEqualTo((sum + 2) / 4);
                }
            }
        }
    }

    @Test
    void takesSquaresOfAPictureAsChannels() {
        int stem = 4;
        FloatTensor luma = values(stem * HEIGHT * stem * WIDTH, 0, 1, 1, 1, stem * HEIGHT, stem * WIDTH);
        FloatTensor chroma = values(2 * 2 * HEIGHT * 2 * WIDTH, -0.5f, 0.5f, 1, 2, 2 * HEIGHT, 2 * WIDTH);
        float scale = 1.5f / 255;
        FloatTensor image = run(CustomOp.INT8_PIXEL_UNSHUFFLE, luma, chroma, tensor(stem, scale, 85));
        assertThat(image.shape()).containsExactly(1, HEIGHT, WIDTH, 24);
        for (int channel = 0; channel < 24; channel++) {
            int side = channel < 16 ? stem : stem / 2;
            int corner = channel < 16 ? channel : channel % 4;
            long plane = channel < 20 ? 0 : chroma.plane();
            FloatTensor source = channel < 16 ? luma : chroma;
            for (int place = 0; place < WIDTH * HEIGHT; place++) {
                int y = place / WIDTH * side + corner / side;
                int x = place % WIDTH * side + corner % side;
                float number = source.get(plane + (long) y * source.width() + x);
                assertThat(at(image, 0, place / WIDTH, place % WIDTH, channel))
                        .isEqualTo(Math.round(number / scale + 85));
            }
        }
    }

    @Test
    void putsTheOtherPictureWhereTheFlowPointsBesideItsOwn() {
        FloatTensor first = noise(1, HEIGHT, WIDTH, CHANNELS);
        FloatTensor second = noise(1, HEIGHT, WIDTH, CHANNELS);
        FloatTensor both = run(CustomOp.INT8_FLOW_INPUT, first, second, flow(2));
        assertThat(both.shape()).containsExactly(2, HEIGHT, WIDTH, 2 * CHANNELS);
        for (int image = 0; image < 2; image++) {
            FloatTensor own = image == 0 ? first : second;
            FloatTensor other = image == 0 ? second : first;
            for (int place = 0; place < WIDTH * HEIGHT; place++) {
                int y = place / WIDTH;
                int x = place % WIDTH;
                for (int channel = 0; channel < CHANNELS; channel++) {
                    assertThat(at(both, image, y, x, channel)).isEqualTo(at(own, 0, y, x, channel));
                    assertThat(at(both, image, y, x, CHANNELS + channel)).isEqualTo(reached(other, y, x, channel));
                }
            }
        }
    }

    @Test
    void scalesFeaturesForTheDecoderAndDividesFlows() {
        FloatTensor first = noise(1, HEIGHT, WIDTH, CHANNELS);
        FloatTensor second = noise(1, HEIGHT, WIDTH, CHANNELS);
        FloatTensor rough = values(2 * WIDTH * HEIGHT, -30, 30, 1, 2, HEIGHT, WIDTH);
        float scale = 0.05f;
        FloatTensor all = run(CustomOp.INT8_FUSION_INPUT, first, second, flow(1), rough, tensor(0.6f, 64, 128, scale));
        assertThat(all.shape()).containsExactly(1, HEIGHT, WIDTH, 2 * CHANNELS + 16);
        for (int place = 0; place < WIDTH * HEIGHT; place++) {
            int y = place / WIDTH;
            int x = place % WIDTH;
            for (int channel = 0; channel < CHANNELS; channel++) {
                double expected = (reached(first, y, x, channel) - 64) * 0.6 + 128;
                assertThat((double) at(all, 0, y, x, channel)).isCloseTo(expected, Offset.offset(0.501));
            }
            assertThat(flowAt(all, y, x, 0, scale)).isCloseTo(RIGHT, Offset.offset(scale / 2));
            assertThat(flowAt(all, y, x, 1, scale)).isCloseTo(DOWN, Offset.offset(scale / 2));
            float farthest = 4 * 127 * scale;
            for (int channel = 0; channel < 2; channel++) {
                float number = Math.clamp(rough.get((long) channel * rough.plane() + place), -farthest, farthest);
                assertThat(flowAt(all, y, x, 2 + channel, scale)).isCloseTo(number, Offset.offset(0.501f * scale));
            }
        }
    }

    /** A number that four bytes are the sum of. */
    private static float flowAt(FloatTensor all, int y, int x, int channel, float scale) {
        int sum = 0;
        for (int part = 0; part < 4; part++) {
            sum += at(all, 0, y, x, 2 * CHANNELS + 4 * channel + part) - 128;
        }
        return sum * scale;
    }

    /** The byte that the flow leads to, or the last one before the border. */
    private static int reached(FloatTensor bytes, int y, int x, int channel) {
        return at(bytes, 0, Math.min(y + DOWN, HEIGHT - 1), Math.min(x + RIGHT, WIDTH - 1), channel);
    }

    private static int at(FloatTensor bytes, int image, int y, int x, int channel) {
        int[] shape = bytes.shape();
        long place = (((long) image * shape[1] + y) * shape[2] + x) * shape[3] + channel;
        return bytes.data().get(ValueLayout.JAVA_BYTE, place) & 0xff;
    }

    private FloatTensor run(CustomOp operator, FloatTensor... inputs) {
        FloatTensor[] result = new FloatTensor[1];
        Computation.of(operator, 16).run(List.of(inputs), (index, shape) -> {
            long count = 1;
            for (int size : shape) {
                count *= size;
            }
            result[index] = new FloatTensor(arena.allocate(count), shape);
            return result[index];
        });
        return result[0];
    }

    private FloatTensor flow(int images) {
        FloatTensor flow = tensor(new float[images * 2 * HEIGHT * WIDTH]);
        for (int place = 0; place < images * 2 * HEIGHT * WIDTH; place++) {
            flow.set(place, place / (HEIGHT * WIDTH) % 2 == 0 ? RIGHT : DOWN);
        }
        return new FloatTensor(flow.data(), images, 2, HEIGHT, WIDTH);
    }

    private FloatTensor noise(int... shape) {
        byte[] bytes = new byte[shape[0] * shape[1] * shape[2] * shape[3]];
        random.nextBytes(bytes);
        return new FloatTensor(arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes), shape);
    }

    private FloatTensor values(int count, float low, float high, int... shape) {
        float[] values = new float[count];
        for (int index = 0; index < count; index++) {
            values[index] = random.nextFloat(low, high);
        }
        return new FloatTensor(arena.allocateFrom(ValueLayout.JAVA_FLOAT, values), shape);
    }

    private FloatTensor tensor(float... values) {
        return new FloatTensor(arena.allocateFrom(ValueLayout.JAVA_FLOAT, values), values.length);
    }
}
