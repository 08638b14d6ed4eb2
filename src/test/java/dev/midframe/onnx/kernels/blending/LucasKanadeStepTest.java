package dev.midframe.onnx.kernels.blending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.film.model.Channels;
import dev.midframe.onnx.kernels.FloatTensor;
import dev.midframe.onnx.kernels.ParallelRows;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LucasKanadeStepTest {

    private static final int WIDTH = 72;
    private static final int HEIGHT = 40;

    private final FloatTensor flows = new FloatTensor(
            MemorySegment.ofArray(new float[Channels.FLOWS * WIDTH * HEIGHT / 4]),
            1,
            Channels.FLOWS,
            HEIGHT / 2,
            WIDTH / 2);

    @ParameterizedTest
    @CsvSource({"0.6, 0", "-0.9, 0.5", "1.2, -1.2"})
    void findsTheFractionOfAPixelThatATextureMoves(float x, float y) {
        step(texture(0, 0), texture(x, y));
        // Half of the way each side, in pixels of half the size.
        for (int row = 4; row < HEIGHT / 2 - 4; row++) {
            for (int column = 4; column < WIDTH / 2 - 4; column++) {
                assertThat(flow(0, column, row)).isCloseTo(-x / 4, within());
                assertThat(flow(1, column, row)).isCloseTo(-y / 4, within());
                assertThat(flow(2, column, row)).isCloseTo(x / 4, within());
                assertThat(flow(3, column, row)).isCloseTo(y / 4, within());
            }
        }
    }

    @Test
    void movesNothingWhereThereIsNoTexture() {
        float[] dark = new float[WIDTH * HEIGHT];
        float[] bright = new float[WIDTH * HEIGHT];
        Arrays.fill(bright, 0.7f);
        step(dark, bright);
        assertThat(flows.data().toArray(ValueLayout.JAVA_FLOAT)).containsOnly(0);
    }

    private void step(float[] first, float[] second) {
        new LucasKanadeStep(new float[][][] {{first}, {second}}, flows).run(ParallelRows.SERIAL);
    }

    private float flow(int channel, int column, int row) {
        return flows.get((long) channel * flows.plane() + (long) row * flows.width() + column);
    }

    private static Offset<Float> within() {
        return Offset.offset(0.03f);
    }

    /** Waves across and down, moved by so many pixels. */
    private static float[] texture(float x, float y) {
        float[] plane = new float[WIDTH * HEIGHT];
        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                double across = Math.sin((column - x) * 0.5 + 0.3 * Math.sin((row - y) * 0.4));
                double down = Math.cos((row - y) * 0.6);
                plane[row * WIDTH + column] = (float) (0.5 + 0.1 * across + 0.1 * down);
            }
        }
        return plane;
    }
}
