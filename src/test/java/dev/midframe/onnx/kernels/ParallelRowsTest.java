package dev.midframe.onnx.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.onnx.lowering.CustomOp;
import dev.midframe.onnx.lowering.Operands;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However the rows of an operator are shared out, the same bits come out. */
class ParallelRowsTest {

    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;
    private static final int FEATURES = 4;

    @ParameterizedTest
    @EnumSource
    void partsOnSeveralThreadsGiveWhatOneGives(CustomOp operator) {
        for (int reduction = 1; reduction <= 2; reduction++) {
            List<ByteBuffer> whole = outputs(operator, reduction, ParallelRows.SERIAL);
            assertThat(whole).isNotEmpty().allSatisfy(bytes -> assertThat(bytes)
                    .isNotEqualTo(ByteBuffer.allocate(bytes.capacity())));
            assertThat(outputs(operator, reduction, parts(3))).isEqualTo(whole);
            assertThat(outputs(operator, reduction, parts(HEIGHT))).isEqualTo(whole);
        }
    }

    /** Parts of uneven size, as many as there are rows at most, on the threads of Java's common pool. */
    private static ParallelRows parts(int wanted) {
        return (rows, nanosPerRow, loop) -> {
            int parts = Math.min(rows, wanted);
            int[] edges = IntStream.rangeClosed(0, parts)
                    .map(part -> (int) ((long) rows * part * part / ((long) parts * parts)))
                    .toArray();
            IntStream.range(0, parts)
                    .parallel()
                    .filter(part -> edges[part] < edges[part + 1])
                    .forEach(part -> loop.run(edges[part], edges[part + 1]));
        };
    }

    private static List<ByteBuffer> outputs(CustomOp operator, int reduction, ParallelRows parallel) {
        try (KernelRun run = new KernelRun(parallel)) {
            List<ByteBuffer> bytes = new ArrayList<>();
            new TreeMap<>(run.outputs(operator, operands(operator, reduction, run)))
                    .values()
                    .forEach(output -> bytes.add(ByteBuffer.wrap(output.data().toArray(ValueLayout.JAVA_BYTE))));
            return bytes;
        }
    }

    /** @param reduction by which motion is smaller than half the picture */
    private static Operands<FloatTensor> operands(CustomOp operator, int reduction, KernelRun run) {
        FloatTensor luma = run.noise(0, 1, 1, 1, HEIGHT, WIDTH);
        FloatTensor chroma = run.noise(-0.5f, 0.5f, 1, 2, HEIGHT / 2, WIDTH / 2);
        int height = HEIGHT / 4;
        int width = WIDTH / 4;
        FloatTensor features = run.noise(-1, 1, 1, KernelRun.BLOCK, height, width);
        FloatTensor int8 = run.int8Noise(1, height, width, KernelRun.BLOCK);
        FloatTensor flow = run.noise(-4, 4, 1, 2, height, width);
        FloatTensor flows = run.noise(-4, 4, 2, 2, height, width);
        return switch (operator) {
            case AVERAGE_POOL_2X2 -> new Operands.AveragePool<>(luma);
            case INT8_AVERAGE_POOL_2X2 -> new Operands.AveragePool<>(int8);
            case PIXEL_UNSHUFFLE -> new Operands.PixelUnshuffle<>(luma, chroma, run.list(4));
            case INT8_PIXEL_UNSHUFFLE -> new Operands.PixelUnshuffle<>(luma, chroma, run.list(4, 1.5f / 255, 85));
            case FLOW_INPUT -> new Operands.FlowInput<>(features, features, flows);
            case INT8_FLOW_INPUT -> new Operands.FlowInput<>(int8, int8, flows);
            case FUSION_INPUT -> new Operands.FusionInput<>(features, features, flow, flow, null);
            case INT8_FUSION_INPUT ->
                new Operands.FusionInput<>(int8, int8, flow, flow, run.list(0.7f, 64, 128, 0.03f));
            case BLEND_HEAD_INPUT ->
                blendHeadInput(run, luma, chroma, run.noise(-4, 4, 1, 2, height / reduction, width / reduction), null);
            case INT8_BLEND_HEAD_INPUT ->
                blendHeadInput(
                        run,
                        luma,
                        chroma,
                        run.noise(-4, 4, 1, 2, height / reduction, width / reduction),
                        run.list(1.5f / 255, 85, 0.05f));
            case BLEND_HEAD -> blendHead(run, run.noise(-1, 1, 1, KernelRun.BLOCK, HEIGHT / 2, WIDTH / 2), null);
            case INT8_BLEND_HEAD ->
                blendHead(run, run.int8Noise(1, HEIGHT / 2, WIDTH / 2, 16), run.list(0.05f, 0.001f, 0.001f, 128));
            case PICTURE_WARP -> new Operands.PictureWarp<>(luma, flow);
        };
    }

    private static Operands<FloatTensor> blendHeadInput(
            KernelRun run, FloatTensor luma, FloatTensor chroma, FloatTensor flow, @Nullable FloatTensor quantization) {
        FloatTensor decoded = run.noise(-1, 1, 1, 4 * KernelRun.BLOCK, flow.height(), flow.width());
        return new Operands.BlendHeadInput<>(
                new Operands.Pictures<>(luma, chroma, run.noise(0, 1, 1, 1, HEIGHT, WIDTH), chroma),
                flow,
                flow,
                decoded,
                run.list(FEATURES, 1, 1),
                quantization);
    }

    private static Operands<FloatTensor> blendHead(
            KernelRun run, FloatTensor output, @Nullable FloatTensor quantization) {
        return new Operands.BlendHead<>(
                output,
                /* moving= */ run.noise(0, 1, 1, 1, HEIGHT / 2, WIDTH / 2),
                /* warpedChroma= */ run.noise(-0.5f, 0.5f, 1, 4, HEIGHT / 2, WIDTH / 2),
                /* warpedLuma= */ run.noise(0, 1, 1, 2, HEIGHT, WIDTH),
                new Operands.Pictures<>(
                        run.noise(0, 0.02f, 1, 1, HEIGHT, WIDTH),
                        run.noise(-0.5f, 0.5f, 1, 2, HEIGHT / 2, WIDTH / 2),
                        run.noise(0, 0.02f, 1, 1, HEIGHT, WIDTH),
                        run.noise(-0.5f, 0.5f, 1, 2, HEIGHT / 2, WIDTH / 2)),
                run.list(0.5f),
                quantization);
    }
}
