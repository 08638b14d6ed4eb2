package dev.midframe.tensorrt.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.BuildListener;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.tensorrt.FakeGpu;
import dev.midframe.tensorrt.FakeStudio;
import dev.midframe.tensorrt.build.BuildSettings;
import dev.midframe.tensorrt.build.EngineBuilder;
import dev.midframe.tensorrt.build.EngineCache;
import dev.midframe.tensorrt.cuda.Cuda;
import dev.midframe.tensorrt.cuda.CudaContext;
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
        FakeStudio studio = FakeStudio.of(110201, folder, 0);
        FilmModels models = new FilmModels(folder);
        EngineRequest request = new EngineRequest(FakeStudio.FORMAT, FakeStudio.MODEL, Backend.TENSORRT, 2, 0, 0);
        GpuMeter meter = new GpuMeter(
                Map.of("XDG_CACHE_HOME", folder.toString()),
                models,
                BuildSettings.DEFAULT,
                BuildListener.SILENT,
                UnaryOperator.identity());

        GpuMeasurement measured = meter.measure(
                request,
                List.of(FakeStudio.frame(0), FakeStudio.frame(1)),
                100,
                Cuda.initialize(studio.gpu().driver()),
                studio.tensorRt().load());

        float features = FakeGpu.MILLIS_EACH;
        float pair = 4 * FakeGpu.MILLIS_EACH;
        double tflop = 2 * models.find(FakeStudio.MODEL).config().work(38, 22) / 1e12;
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
        assertThat(studio.gpu().open()).isZero();
        assertThat(studio.tensorRt().failures()).isEmpty();
        studio.gpu().close();
    }

    @Test
    void aMatrixProductIsTimedByEventsAndItsBuildToldToTheEnd() {
        FakeStudio studio = FakeStudio.of(110201, folder, 0);
        Cuda cuda = Cuda.initialize(studio.gpu().driver());
        List<Double> reported = new ArrayList<>();
        EngineBuilder builder = new EngineBuilder(
                studio.tensorRt().load(),
                cuda,
                new EngineCache(folder),
                BuildSettings.DEFAULT,
                (what, fraction) -> reported.add(fraction));
        try (CudaContext context = CudaContext.open(cuda, 0)) {
            double tflops = MatrixProduct.tflops(studio.tensorRt().load(), context, builder);

            double millis = 20 * FakeGpu.MILLIS_EACH;
            assertThat(tflops).isCloseTo(20 * 2 * Math.pow(8192, 3) / millis / 1e9, within(1e-6));
        }
        assertThat(reported).endsWith(1.0);
        assertThat(studio.tensorRt().failures()).isEmpty();
        assertThat(studio.gpu().open()).isZero();
        studio.gpu().close();
    }
}
