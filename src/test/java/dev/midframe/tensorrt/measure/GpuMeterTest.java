package dev.midframe.tensorrt.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.BuildListener;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.tensorrt.build.BuildSettings;
import dev.midframe.tensorrt.build.EngineBuilder;
import dev.midframe.tensorrt.build.EngineCache;
import dev.midframe.tensorrt.cuda.CudaContext;
import dev.midframe.testkit.gpu.FakeGpu;
import dev.midframe.testkit.gpu.FakeGpuStack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuMeterTest {

    @TempDir
    private Path folder;

    @Test
    void putsTheStagesTogetherToTheFiguresOfAnEngine() {
        FakeGpuStack stack = FakeGpuStack.of(110201, folder);
        FilmModels models = new FilmModels(folder);
        EngineRequest request = FakeGpuStack.request(2, 0);
        GpuMeter meter = new GpuMeter(
                Map.of("XDG_CACHE_HOME", folder.toString()),
                models,
                BuildSettings.DEFAULT,
                BuildListener.SILENT,
                UnaryOperator.identity());

        GpuMeasurement measured = meter.measure(
                request,
                List.of(FakeGpuStack.frame(0), FakeGpuStack.frame(1)),
                100,
                stack.cuda(),
                stack.tensorRt().load());

        float features = FakeGpu.MILLIS_EACH;
        float pair = 4 * FakeGpu.MILLIS_EACH;
        double tflop = 2 * models.find(FakeGpuStack.MODEL).config().work(38, 22) / 1e12;
        assertThat(measured.built()).isTrue();
        assertThat(measured.uploadMillis()).isEqualTo(FakeGpu.MILLIS_EACH);
        assertThat(measured.featuresMillis()).isEqualTo(features);
        assertThat(measured.pairMillis()).as("flow, waiting, time and fusion").isEqualTo(pair);
        assertThat(measured.downloadMillis()).isEqualTo(FakeGpu.MILLIS_EACH);
        assertThat(measured.computeMedianMillis()).isEqualTo(features + pair);
        assertThat(measured.computeP99Millis()).isEqualTo(features + pair);
        assertThat(measured.tflops()).isCloseTo(tflop / ((features + pair) / 1e3), within(1e-9));
        assertThat(measured.shareOfMatrixProduct()).isCloseTo(measured.tflops() / 100, within(1e-12));
        assertThat(measured.pairsPerSecond()).isPositive();
        assertThat(stack.gpu().open()).isZero();
        stack.close();
    }

    @Test
    void aMatrixProductIsTimedByEventsAndItsBuildToldToTheEnd() {
        FakeGpuStack stack = FakeGpuStack.of(110201, folder);
        List<Double> reported = new ArrayList<>();
        EngineBuilder builder = new EngineBuilder(
                stack.tensorRt().load(),
                stack.cuda(),
                new EngineCache(folder, 1L << 30),
                BuildSettings.DEFAULT,
                (what, fraction) -> reported.add(fraction));
        try (CudaContext context = CudaContext.open(stack.cuda(), 0)) {
            double tflops = MatrixProduct.tflops(stack.tensorRt().load(), context, builder);

            double millis = 20 * FakeGpu.MILLIS_EACH;
            assertThat(tflops).isCloseTo(20 * 2 * Math.pow(8192, 3) / millis / 1e9, within(1e-6));
        }
        assertThat(reported).endsWith(1.0);
        assertThat(stack.gpu().open()).isZero();
        stack.close();
    }
}
