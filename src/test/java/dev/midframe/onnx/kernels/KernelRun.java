package dev.midframe.onnx.kernels;

import dev.midframe.onnx.lowering.CustomOp;
import dev.midframe.onnx.lowering.Operands;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Runs custom operators on tensors of its own, which are freed with it. */
final class KernelRun implements AutoCloseable {

    /** Channels of a block: whole vectors of every processor. */
    static final int BLOCK = 16;

    private final Random random = new Random(1);
    private final Arena arena = Arena.ofShared();
    private final ParallelRows parallel;

    KernelRun() {
        this(ParallelRows.SERIAL);
    }

    KernelRun(ParallelRows parallel) {
        this.parallel = parallel;
    }

    /** The outputs of an operator by their index. */
    Map<Integer, FloatTensor> outputs(CustomOp operator, Operands<FloatTensor> operands) {
        Map<Integer, FloatTensor> outputs = new TreeMap<>();
        Computation.of(operator, BLOCK)
                .run(
                        operands.list(),
                        (index, shape) -> {
                            int bytes = count(shape) * operator.output(index).bytes();
                            outputs.put(index, new FloatTensor(arena.allocate(bytes), shape));
                            return outputs.get(index);
                        },
                        parallel);
        return outputs;
    }

    /** The only output of an operator. */
    FloatTensor output(CustomOp operator, Operands<FloatTensor> operands) {
        return outputs(operator, operands).get(0);
    }

    /** Floats in a list. */
    FloatTensor list(float... values) {
        return floats(values, values.length);
    }

    /** Floats in a shape. */
    FloatTensor floats(float[] values, int... shape) {
        return new FloatTensor(arena.allocateFrom(ValueLayout.JAVA_FLOAT, values), shape);
    }

    /** Random floats from {@code low} to {@code high}. */
    FloatTensor noise(float low, float high, int... shape) {
        float[] values = new float[count(shape)];
        for (int index = 0; index < values.length; index++) {
            values[index] = random.nextFloat(low, high);
        }
        return floats(values, shape);
    }

    /** Random uint8 elements. */
    FloatTensor int8Noise(int... shape) {
        byte[] elements = new byte[count(shape)];
        random.nextBytes(elements);
        return new FloatTensor(arena.allocateFrom(ValueLayout.JAVA_BYTE, elements), shape);
    }

    /** An element of a uint8 tensor [N,H,W,C], 0 to 255. */
    static int int8(FloatTensor tensor, int image, int y, int x, int channel) {
        int[] shape = tensor.shape();
        long index = (((long) image * shape[1] + y) * shape[2] + x) * shape[3] + channel;
        return tensor.data().get(ValueLayout.JAVA_BYTE, index) & 0xff;
    }

    private static int count(int... shape) {
        return IntStream.of(shape).reduce(1, Math::multiplyExact);
    }

    @Override
    public void close() {
        arena.close();
    }
}
