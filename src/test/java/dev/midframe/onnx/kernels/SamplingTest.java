package dev.midframe.onnx.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.onnx.kernels.sampling.BicubicRows;
import dev.midframe.onnx.kernels.sampling.FeatureSampler;
import dev.midframe.onnx.kernels.sampling.FlowRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sampling by vectors against sums over whole lines of a picture, each position weighted by how near it is. */
class SamplingTest {

    private static final int WIDTH = 37;
    private static final int HEIGHT = 11;
    private static final int PLANE = WIDTH * HEIGHT;
    private static final int BLOCK = 16;
    private static final double A = -0.75;

    private final Random random = new Random(1);
    private final Arena arena = Arena.ofConfined();

    @AfterEach
    void freeMemory() {
        arena.close();
    }

    @Test
    void takesFeaturesFromWhereTheFlowPoints() {
        float[] features = noise(PLANE * BLOCK, 1);
        float[] flow = smoothAndRough();
        FloatTensor warped = tensor(new float[PLANE * BLOCK], 1, BLOCK, HEIGHT, WIDTH);
        FeatureSampler sampler = new FeatureSampler(WIDTH, HEIGHT, BLOCK);
        FloatTensor flows = tensor(flow, 1, 2, HEIGHT, WIDTH);
        MemorySegment from = tensor(features, 1, BLOCK, HEIGHT, WIDTH).data();
        for (int y = 0; y < HEIGHT; y++) {
            sampler.locate(flows, 0, y);
            sampler.sample(from, 0, warped.data(), (long) y * WIDTH * BLOCK * Float.BYTES);
        }
        for (int channel = 0; channel < BLOCK; channel += 5) {
            float[] plane = new float[PLANE];
            for (int position = 0; position < PLANE; position++) {
                plane[position] = features[position * BLOCK + channel];
            }
            for (int position = 0; position < PLANE; position++) {
                double x = Math.clamp(position % WIDTH + (double) flow[position], 0, WIDTH - 1.0);
                double y = Math.clamp(position / WIDTH + (double) flow[PLANE + position], 0, HEIGHT - 1.0);
                double expected = sum(plane, x, y, SamplingTest::tent);
                assertThat((double) warped.get((long) position * BLOCK + channel))
                        .isCloseTo(expected, offset());
            }
        }
    }

    @Test
    void takesInt8FeaturesFromWhereTheFlowPoints() {
        byte[] bytes = new byte[PLANE * BLOCK];
        random.nextBytes(bytes);
        float[] flow = smoothAndRough();
        MemorySegment from = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
        MemorySegment warped = arena.allocate(bytes.length);
        FeatureSampler sampler = new FeatureSampler(WIDTH, HEIGHT, BLOCK);
        for (int y = 0; y < HEIGHT; y++) {
            sampler.locate(tensor(flow, 1, 2, HEIGHT, WIDTH), 0, y);
            sampler.sampleInt8(from, warped, (long) y * WIDTH * BLOCK, BLOCK, 0.5f, 20);
        }
        for (int channel = 0; channel < BLOCK; channel += 5) {
            float[] plane = new float[PLANE];
            for (int position = 0; position < PLANE; position++) {
                plane[position] = bytes[position * BLOCK + channel] & 0xff;
            }
            for (int position = 0; position < PLANE; position++) {
                double x = Math.clamp(position % WIDTH + (double) flow[position], 0, WIDTH - 1.0);
                double y = Math.clamp(position / WIDTH + (double) flow[PLANE + position], 0, HEIGHT - 1.0);
                double expected = sum(plane, x, y, SamplingTest::tent) * 0.5 + 20;
                int found = warped.get(ValueLayout.JAVA_BYTE, (long) position * BLOCK + channel) & 0xff;
                assertThat((double) found).isCloseTo(expected, Offset.offset(0.51));
            }
        }
    }

    @Test
    void takesPicturesFromWhereTheFlowPointsByCubicConvolution() {
        float[] picture = noise(PLANE, 1);
        float[] flow = smoothAndRough();
        float[] warped = bicubic(picture, flow);
        for (int position = 0; position < PLANE; position++) {
            double x = position % WIDTH + flow[position];
            double y = position / WIDTH + flow[PLANE + position];
            assertThat((double) warped[position]).isCloseTo(sum(picture, x, y, SamplingTest::cubic), offset());
        }
    }

    @Test
    void leavesThePictureAsItIsWithoutFlow() {
        float[] picture = noise(PLANE, 1);
        assertThat(bicubic(picture, new float[2 * PLANE])).isEqualTo(picture);
    }

    @Test
    void staysWithinThePictureWhateverTheFlow() {
        float[] flow = new float[2 * PLANE];
        float[] wild = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e30f, -1e30f};
        for (int position = 0; position < flow.length; position++) {
            flow[position] = wild[random.nextInt(wild.length)];
        }
        assertThat(bicubic(noise(PLANE, 1), flow)).hasSize(PLANE);
        FeatureSampler sampler = new FeatureSampler(WIDTH, HEIGHT, BLOCK);
        FloatTensor features = tensor(noise(PLANE * BLOCK, 1), 1, BLOCK, HEIGHT, WIDTH);
        sampler.locate(tensor(flow, 1, 2, HEIGHT, WIDTH), 0, 0);
        sampler.sample(features.data(), 0, arena.allocate((long) WIDTH * BLOCK * Float.BYTES), 0);
    }

    private float[] bicubic(float[] picture, float[] flow) {
        BicubicRows rows = new BicubicRows(WIDTH, HEIGHT);
        FlowRows flows = new FlowRows(tensor(flow, 1, 2, HEIGHT, WIDTH), 0, 1, 1, rows.stored());
        float[] warped = new float[PLANE];
        float[] line = new float[rows.stored()];
        for (int y = 0; y < HEIGHT; y++) {
            flows.read(y);
            rows.locate(flows.x, flows.y, y);
            rows.sample(picture, y, new boolean[0], line);
            System.arraycopy(line, 0, warped, y * WIDTH, WIDTH);
        }
        return warped;
    }

    /** Flow that is the same everywhere, flow that grows along a line and rough flow, which leads outside too. */
    private float[] smoothAndRough() {
        float[] flow = noise(2 * PLANE, 15);
        for (int position = PLANE / 3; position < PLANE; position++) {
            boolean same = position < 2 * PLANE / 3;
            flow[position] = same ? 1.25f : -0.13f * (position % WIDTH);
            flow[PLANE + position] = same ? -0.5f : 0.21f * (position % WIDTH) - 5;
        }
        return flow;
    }

    /** The picture goes on beyond its border as it is there. */
    private static double sum(float[] plane, double x, double y, DoubleUnaryOperator weight) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double sum = 0;
        for (int row = top - 1; row <= top + 2; row++) {
            for (int column = left - 1; column <= left + 2; column++) {
                float value = plane[Math.clamp(row, 0, HEIGHT - 1) * WIDTH + Math.clamp(column, 0, WIDTH - 1)];
                sum += weight.applyAsDouble(row - y) * weight.applyAsDouble(column - x) * value;
            }
        }
        return sum;
    }

    private static double tent(double distance) {
        return Math.max(0, 1 - Math.abs(distance));
    }

    /** Keys 1981, with a = -0.75. */
    private static double cubic(double distance) {
        double d = Math.abs(distance);
        if (d >= 2) {
            return 0;
        }
        return d <= 1 ? (A + 2) * d * d * d - (A + 3) * d * d + 1 : A * (d * d * d - 5 * d * d + 8 * d - 4);
    }

    private FloatTensor tensor(float[] values, int... shape) {
        return new FloatTensor(arena.allocateFrom(ValueLayout.JAVA_FLOAT, values), shape);
    }

    private float[] noise(int size, double scale) {
        float[] values = new float[size];
        for (int index = 0; index < size; index++) {
            values[index] = (float) (random.nextGaussian() * scale);
        }
        return values;
    }

    private static Offset<Double> offset() {
        return Offset.offset(1e-4);
    }
}
