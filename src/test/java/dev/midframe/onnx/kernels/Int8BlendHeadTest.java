package dev.midframe.onnx.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.film.model.Channels;
import dev.midframe.onnx.lowering.CustomOp;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operators around the last layers, in int8 against NCHWc. */
class Int8BlendHeadTest {

    private static final int BLOCK = 16;

    /** Of the grid of level 0, a quarter of the picture's. */
    private static final int WIDTH = 10;

    private static final int HEIGHT = 6;
    private static final int PICTURES = 12;
    private static final float PICTURE_SCALE = 1.5f / 255;
    private static final float FEATURE_SCALE = 0.03f;
    private static final float[] ANSWER_SCALES = {0.05f, 0.001f, 0.0005f};
    private static final int ZERO = 85;
    private static final int MIDDLE = 128;

    private final Random random = new Random(1);
    private final Arena arena = Arena.ofConfined();
    private final FloatTensor[] luma = {
        values(0, 1, 1, 1, 4 * HEIGHT, 4 * WIDTH), values(0, 1, 1, 1, 4 * HEIGHT, 4 * WIDTH)
    };
    private final FloatTensor[] chroma = {
        values(-0.5f, 0.5f, 1, 2, 2 * HEIGHT, 2 * WIDTH), values(-0.5f, 0.5f, 1, 2, 2 * HEIGHT, 2 * WIDTH)
    };

    @AfterEach
    void freeMemory() {
        arena.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 20})
    void theLastLayersSeeTheSameRounded(int features) {
        int blocks = Math.ceilDiv(features + 4, BLOCK);
        FloatTensor[] inputs = {
            luma[0],
            chroma[0],
            luma[1],
            chroma[1],
            values(-3, 3, 1, 2, HEIGHT, WIDTH),
            values(-3, 3, 1, 2, HEIGHT, WIDTH),
            values(-2, 2, 1, 4 * blocks * BLOCK, HEIGHT, WIDTH),
            tensor(features),
            tensor(PICTURE_SCALE, ZERO, FEATURE_SCALE)
        };
        Map<Integer, FloatTensor> values = run(CustomOp.BLEND_HEAD_INPUT, inputs);
        Map<Integer, FloatTensor> bytes = run(CustomOp.INT8_BLEND_HEAD_INPUT, inputs);

        for (int output = 1; output < 4; output++) {
            assertThat(bytes.get(output).data().mismatch(values.get(output).data()))
                    .as("output " + output)
                    .isEqualTo(-1);
        }
        assertThat(bytes.get(0).shape()).containsExactly(1, 2 * HEIGHT, 2 * WIDTH, PICTURES + features);
        for (int place = 0; place < 4 * HEIGHT * WIDTH; place++) {
            for (int channel = 0; channel < PICTURES + features; channel++) {
                boolean picture = channel < PICTURES;
                float number = inBlocks(values.get(0), picture ? features + channel : channel - PICTURES, place);
                double expected = number / (picture ? PICTURE_SCALE : FEATURE_SCALE) + ZERO;
                int found = at(bytes.get(0), place * (PICTURES + features) + channel);
                assertThat((double) found)
                        .as("channel " + channel)
                        .isCloseTo(Math.clamp(expected, 0, 255), Offset.offset(0.501));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0.5f, 0.2f})
    void theFrameIsThatOfTheNumbersThatTheAnswersBytesStandFor(float time) {
        int positions = 4 * HEIGHT * WIDTH;
        byte[] answer = new byte[positions * 16];
        random.nextBytes(answer);
        float[] inBlocks = new float[positions * BLOCK];
        for (int place = 0; place < answer.length; place++) {
            if (place % 16 < Channels.BLEND_HEAD) {
                inBlocks[place] = ((answer[place] & 0xff) - MIDDLE) * ANSWER_SCALES[place % 16 / 4];
            }
        }
        FloatTensor[] rest = {
            values(-3, 3, 1, 4, 2 * HEIGHT, 2 * WIDTH),
            values(-0.5f, 0.5f, 1, 4, 2 * HEIGHT, 2 * WIDTH),
            values(0, 1, 1, 2, 4 * HEIGHT, 4 * WIDTH),
            luma[0],
            chroma[0],
            luma[1],
            chroma[1],
            tensor(time),
            tensor(ANSWER_SCALES[0], ANSWER_SCALES[1], ANSWER_SCALES[2], MIDDLE)
        };
        MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, answer);
        Map<Integer, FloatTensor> expected = run(
                CustomOp.BLEND_HEAD,
                before(new FloatTensor(tensor(inBlocks).data(), 1, BLOCK, 2 * HEIGHT, 2 * WIDTH), rest));
        Map<Integer, FloatTensor> found =
                run(CustomOp.INT8_BLEND_HEAD, before(new FloatTensor(bytes, 1, 2 * HEIGHT, 2 * WIDTH, 16), rest));

        for (int output = 0; output < 2; output++) {
            assertThat(found.get(output).data().mismatch(expected.get(output).data()))
                    .as("output " + output)
                    .isEqualTo(-1);
        }
    }

    private Map<Integer, FloatTensor> run(CustomOp operator, FloatTensor... inputs) {
        Map<Integer, FloatTensor> outputs = new TreeMap<>();
        Computation.of(operator, BLOCK).run(List.of(inputs), (index, shape) -> {
            outputs.put(index, new FloatTensor(arena.allocate((long) count(shape) * Float.BYTES), shape));
            return outputs.get(index);
        });
        return outputs;
    }

    private static FloatTensor[] before(FloatTensor first, FloatTensor... rest) {
        FloatTensor[] all = new FloatTensor[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    private static float inBlocks(FloatTensor tensor, int channel, int place) {
        return tensor.get(((long) (channel / BLOCK) * tensor.plane() + place) * BLOCK + channel % BLOCK);
    }

    private static int at(FloatTensor bytes, long place) {
        return bytes.data().get(ValueLayout.JAVA_BYTE, place) & 0xff;
    }

    private FloatTensor values(float low, float high, int... shape) {
        float[] values = new float[count(shape)];
        for (int index = 0; index < values.length; index++) {
            values[index] = random.nextFloat(low, high);
        }
        return new FloatTensor(tensor(values).data(), shape);
    }

    private FloatTensor tensor(float... values) {
        return new FloatTensor(arena.allocateFrom(ValueLayout.JAVA_FLOAT, values), values.length);
    }

    private static int count(int... shape) {
        return IntStream.of(shape).reduce(1, Math::multiplyExact);
    }
}
