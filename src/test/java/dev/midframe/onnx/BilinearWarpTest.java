package dev.midframe.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BilinearWarpTest {

    private static final int WIDTH = 37;
    private static final int HEIGHT = 11;
    private static final int PLANE = WIDTH * HEIGHT;

    private final Random random = new Random(1);

    @Test
    void takesEachValueFromWhereTheFlowPoints() {
        float[] picture = noise(2 * PLANE, 1);
        float[] flow = noise(2 * PLANE, 15);
        Arrays.fill(flow, PLANE / 2, PLANE, 1.25f); // Smooth and rough flow take different ways.
        Arrays.fill(flow, PLANE + PLANE / 2, 2 * PLANE, -0.5f);
        float[] warped = warp(picture, flow, 2);
        for (int channel = 0; channel < 2; channel++) {
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    int place = y * WIDTH + x;
                    double expected = sample(picture, channel, x + flow[place], y + flow[PLANE + place]);
                    assertThat((double) warped[channel * PLANE + place]).isCloseTo(expected, offset());
                }
            }
        }
    }

    @Test
    void leavesThePictureAsItIsWithoutFlow() {
        float[] picture = noise(PLANE, 1);
        assertThat(warp(picture, new float[2 * PLANE], 1)).isEqualTo(picture);
    }

    @Test
    void staysWithinThePictureWhateverTheFlow() {
        float[] picture = noise(PLANE, 1);
        float[] flow = new float[2 * PLANE];
        float[] wild = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e30f, -1e30f};
        for (int place = 0; place < flow.length; place++) {
            flow[place] = wild[random.nextInt(wild.length)];
        }
        assertThat(warp(picture, flow, 1)).hasSize(PLANE);
    }

    private static float[] warp(float[] picture, float[] flow, int channels) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment warped = arena.allocate(ValueLayout.JAVA_FLOAT, picture.length);
            new BilinearWarp(WIDTH, HEIGHT)
                    .run(
                            arena.allocateFrom(ValueLayout.JAVA_FLOAT, picture),
                            arena.allocateFrom(ValueLayout.JAVA_FLOAT, flow),
                            new FlowRows(WIDTH, HEIGHT, 1, 1),
                            warped,
                            channels);
            return warped.toArray(ValueLayout.JAVA_FLOAT);
        }
    }

    /** Bilinear as a sum over all pixels of the picture, each weighted by how near it is. */
    private static double sample(float[] picture, int channel, double toX, double toY) {
        double x = Math.clamp(toX, 0, WIDTH - 1.0);
        double y = Math.clamp(toY, 0, HEIGHT - 1.0);
        double sum = 0;
        for (int place = 0; place < PLANE; place++) {
            double near = Math.max(0, 1 - Math.abs(place % WIDTH - x)) * Math.max(0, 1 - Math.abs(place / WIDTH - y));
            sum += near * picture[channel * PLANE + place];
        }
        return sum;
    }

    private float[] noise(int size, double scale) {
        float[] values = new float[size];
        for (int index = 0; index < size; index++) {
            values[index] = (float) (random.nextGaussian() * scale);
        }
        return values;
    }

    private static Offset<Double> offset() {
        return Offset.offset(1e-5);
    }
}
