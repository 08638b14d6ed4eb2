package dev.midframe.onnx.kernels;

import dev.midframe.onnx.lowering.CustomOp;
import dev.midframe.onnx.lowering.Operands;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Time of one call of each operator at level 0 of film-lite, 640x360 padded to 640x384: warping, blending, conversion. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
public class OperatorBenchmark {

    private static final int BLOCK = 16;
    private static final int FEATURES = 4;
    private static final int STEM = 4;

    /** Which operator. */
    @Param
    public CustomOp operator;

    /** How far flows are from smooth, in pixels: rough ones are sampled position by position. */
    @Param({"0", "0.5"})
    public float roughness;

    private final Arena arena = Arena.ofShared();
    private final Map<Integer, FloatTensor> outputs = new HashMap<>();
    private Computation computation;
    private List<FloatTensor> inputs;

    /** Makes the operator's inputs. */
    @Setup
    public void prepare() {
        FloatTensor luma = texture(1, 1, 384, 640);
        FloatTensor chroma = texture(1, 2, 192, 320);
        FloatTensor features = texture(1, BLOCK, 96, 160);
        FloatTensor flow = flow(1, 2, 96, 160);
        inputs = operands(luma, chroma, features, flow).list();
        computation = Computation.of(operator, BLOCK);
    }

    private Operands<FloatTensor> operands(
            FloatTensor luma, FloatTensor chroma, FloatTensor features, FloatTensor flow) {
        return switch (operator) {
            case AVERAGE_POOL_2X2 -> new Operands.AveragePool<>(luma);
            case INT8_AVERAGE_POOL_2X2 -> new Operands.AveragePool<>(int8(1, 96, 160, BLOCK));
            case PIXEL_UNSHUFFLE -> new Operands.PixelUnshuffle<>(luma, chroma, floats(STEM));
            case INT8_PIXEL_UNSHUFFLE -> new Operands.PixelUnshuffle<>(luma, chroma, floats(STEM, 1.5f / 255, 85));
            case FLOW_INPUT -> new Operands.FlowInput<>(features, features, flow(2, 2, 96, 160));
            case INT8_FLOW_INPUT ->
                new Operands.FlowInput<>(int8(1, 96, 160, BLOCK), int8(1, 96, 160, BLOCK), flow(2, 2, 96, 160));
            case FUSION_INPUT -> new Operands.FusionInput<>(features, features, flow, flow, null);
            case INT8_FUSION_INPUT ->
                new Operands.FusionInput<>(
                        int8(1, 96, 160, BLOCK),
                        int8(1, 96, 160, BLOCK),
                        flow,
                        flow,
                        /* quantization= */ floats(0.7f, 64, 128, 0.03f));
            case BLEND_HEAD_INPUT, INT8_BLEND_HEAD_INPUT ->
                new Operands.BlendHeadInput<>(
                        new Operands.Pictures<>(luma, chroma, luma, chroma),
                        flow,
                        flow,
                        /* decoderOutput= */ texture(1, 4 * BLOCK, 96, 160),
                        floats(FEATURES, 1, 1),
                        /* quantization= */ floats(1.5f / 255, 85, 0.05f));
            case BLEND_HEAD, INT8_BLEND_HEAD ->
                new Operands.BlendHead<>(
                        operator == CustomOp.BLEND_HEAD ? texture(1, BLOCK, 192, 320) : int8(1, 192, 320, 16),
                        /* moving= */ texture(1, 1, 192, 320),
                        /* warpedChroma= */ texture(1, 4, 192, 320),
                        /* warpedLuma= */ texture(1, 2, 384, 640),
                        new Operands.Pictures<>(luma, chroma, luma, chroma),
                        /* time= */ floats(0.5f),
                        /* quantization= */ floats(0.05f, 0.001f, 0.001f, 128));
            case PICTURE_WARP -> new Operands.PictureWarp<>(luma, flow);
        };
    }

    /** One call. */
    @Benchmark
    public void call() {
        computation.run(
                inputs, (index, shape) -> outputs.computeIfAbsent(index, key -> zeros(shape)), ParallelRows.SERIAL);
    }

    /** Frees the memory. */
    @TearDown
    public void close() {
        arena.close();
    }

    private FloatTensor texture(int... shape) {
        FloatTensor tensor = zeros(shape);
        for (int place = 0; place < count(shape); place++) {
            tensor.set(place, (float) Math.sin(place * 0.37) / 2);
        }
        return tensor;
    }

    private FloatTensor flow(int... shape) {
        FloatTensor tensor = zeros(shape);
        for (int place = 0; place < count(shape); place++) {
            double smooth = 3 * Math.sin(place % shape[3] * 0.02) * Math.cos(place / shape[3] * 0.03);
            tensor.set(place, (float) (smooth + roughness * Math.sin(place * 2.3)));
        }
        return tensor;
    }

    private FloatTensor floats(float... values) {
        return new FloatTensor(arena.allocateFrom(ValueLayout.JAVA_FLOAT, values), values.length);
    }

    private FloatTensor int8(int... shape) {
        MemorySegment elements = arena.allocate(count(shape));
        for (int place = 0; place < elements.byteSize(); place++) {
            elements.set(ValueLayout.JAVA_BYTE, place, (byte) (64 + 60 * Math.sin(place * 0.37)));
        }
        return new FloatTensor(elements, shape);
    }

    private FloatTensor zeros(int... shape) {
        return new FloatTensor(arena.allocate(ValueLayout.JAVA_FLOAT, count(shape)), shape);
    }

    private static int count(int... shape) {
        int count = 1;
        for (int size : shape) {
            count *= size;
        }
        return count;
    }
}
