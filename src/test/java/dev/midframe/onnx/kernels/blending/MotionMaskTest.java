package dev.midframe.onnx.kernels.blending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.onnx.kernels.FloatTensor;
import dev.midframe.onnx.kernels.ParallelRows;
import dev.midframe.onnx.kernels.Scratch;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as moving, by pictures and flows that are known; positions of the mask are pairs of pixels and of rows. */
class MotionMaskTest {

    private static final int WIDTH = 96;
    private static final int HEIGHT = 48;
    private static final float BLACK = 0.06f;

    @Test
    void whatIsEqualInBothIsStill() {
        FloatTensor picture = picture((x, y) -> Math.sin(x / 3.0) * Math.cos(y / 5.0));

        assertThat(mask(picture, picture, 8, 0, 0)).containsOnly(0f);
    }

    /** Flows are never exact: here they are off by up to two of the mask's positions across and along. */
    @ParameterizedTest
    @ValueSource(ints = {-2, -1, 0, 1, 2})
    void aPointOfLightThatPassesOverBlackMoves(int off) {
        int way = 12;
        int x = 40;
        int y = 24;
        FloatTensor first = picture((column, row) -> light(column - 2 * (x - way), row - 2 * y));
        FloatTensor second = picture((column, row) -> light(column - 2 * (x + way), row - 2 * y));

        float[] mask = mask(first, second, way, off, -off);

        assertThat(mask[y * WIDTH + x]).as("in the middle of its way").isEqualTo(1);
        assertThat(mask[4 * WIDTH + x]).as("far above").isZero();
    }

    /** Texture of few code values, in which six pixels by six agree here and there while all of it moves. */
    @Test
    void textureThatAgreesByChanceMovesAsAWhole() {
        int way = 6;
        Random random = new Random(8);
        double[] steps = random.doubles(4L * WIDTH * HEIGHT).toArray();
        ToDoubleBiFunction<Integer, Integer> texture =
                (x, y) -> Math.round(4 * steps[Math.floorMod(y / 8 * 53 + x / 8, steps.length)]) / 20.0;
        FloatTensor first = picture((x, y) -> texture.applyAsDouble(x + 1000, y));
        FloatTensor second = picture((x, y) -> texture.applyAsDouble(x + 1000 - 4 * way, y));

        float[] mask = mask(first, second, way, 0, 0);

        int still = 0;
        for (int y = 8; y < HEIGHT - 8; y++) {
            for (int x = 2 * way; x < WIDTH - 2 * way; x++) {
                still += mask[y * WIDTH + x] < 1 ? 1 : 0;
            }
        }
        assertThat(still).as("positions kept still").isZero();
    }

    @Test
    void aStillBoxStaysStillBesideWhatMovesThoughFlowsReachIntoIt() {
        FloatTensor first = picture((x, y) -> y >= 60 ? 0.3 : 0.5 + 0.3 * Math.sin(x / 4.0));
        FloatTensor second = picture((x, y) -> y >= 60 ? 0.3 : 0.5 + 0.3 * Math.sin((x - 6) / 4.0));

        float[] mask = mask(first, second, 1.5f, 0, 0);

        for (int y = 32; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                assertThat(mask[y * WIDTH + x]).as("%d,%d", x, y).isZero();
            }
        }
    }

    private static double light(int dx, int dy) {
        return BLACK + 0.8 * Math.exp(-(dx * dx + dy * dy) / 3.0);
    }

    private static FloatTensor picture(ToDoubleBiFunction<Integer, Integer> luma) {
        float[] values = new float[4 * WIDTH * HEIGHT];
        for (int y = 0; y < 2 * HEIGHT; y++) {
            for (int x = 0; x < 2 * WIDTH; x++) {
                values[y * 2 * WIDTH + x] = (float) luma.applyAsDouble(x, y);
            }
        }
        return new FloatTensor(MemorySegment.ofArray(values), 1, 1, 2 * HEIGHT, 2 * WIDTH);
    }

    /** Of a flow that is the same everywhere: so many positions to the left into the first picture, and right into the second. */
    private static float[] mask(FloatTensor first, FloatTensor second, float way, float offX, float offY) {
        float[] channels = {-way + offX, offY, way + offX, offY};
        float[] flows = new float[4 * WIDTH * HEIGHT];
        for (int i = 0; i < flows.length; i++) {
            flows[i] = channels[i / (WIDTH * HEIGHT)];
        }
        FloatTensor flow = new FloatTensor(MemorySegment.ofArray(flows), 1, 4, HEIGHT, WIDTH);
        MotionMask mask = new MotionMask(first, second, flow, new Scratch(), ParallelRows.SERIAL);
        float[] result = new float[WIDTH * HEIGHT];
        float[] row = new float[WIDTH];
        for (int y = 0; y < HEIGHT; y++) {
            mask.rows().read(y, row);
            System.arraycopy(row, 0, result, y * WIDTH, WIDTH);
        }
        return result;
    }
}
