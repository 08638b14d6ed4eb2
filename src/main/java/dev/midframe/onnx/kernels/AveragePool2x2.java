package dev.midframe.onnx.kernels;

import dev.midframe.onnx.lowering.CustomOp;
import java.util.List;

/** {@link CustomOp#AVERAGE_POOL_2X2}. */
record AveragePool2x2() implements Computation {

    private static final float QUARTER = 0.25f;

    @Override
    public void run(List<FloatTensor> inputs, Outputs outputs, ParallelRows parallel) {
        FloatTensor planes = inputs.getFirst();
        int width = planes.width() / 2;
        FloatTensor halves = outputs.allocate(0, planes.batch(), planes.channels(), planes.height() / 2, width);
        int rows = planes.batch() * planes.channels() * halves.height();
        parallel.run(rows, width, (from, to) -> pool(planes, halves, from, to));
    }

    private static void pool(FloatTensor planes, FloatTensor halves, int from, int to) {
        int width = halves.width();
        float[] upper = new float[2 * width];
        float[] lower = new float[2 * width];
        float[] mean = new float[width];
        for (int row = from; row < to; row++) {
            planes.read(4L * row * width, upper, 0, 2 * width);
            planes.read((4L * row + 2) * width, lower, 0, 2 * width);
            for (int x = 0; x < width; x++) {
                mean[x] = QUARTER * (upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1]);
            }
            halves.write(mean, width, (long) row * width);
        }
    }
}
