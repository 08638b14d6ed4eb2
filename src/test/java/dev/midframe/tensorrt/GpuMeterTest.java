package dev.midframe.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.midframe.film.FilmModels;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.BuildListener;
import dev.midframe.interpolation.EngineRequest;
import java.nio.file.Path;
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

        float stage = FakeGpu.MILLIS_BETWEEN_EVENTS;
        double tflop = 2 * models.find(FakeStudio.MODEL).config().work(38, 22) / 1e12;
        assertThat(measured.featuresMillis()).isEqualTo(stage);
        assertThat(measured.computeMedianMillis()).isEqualTo(2 * stage);
        assertThat(measured.computeP99Millis()).isEqualTo(2 * stage);
        assertThat(measured.tflops()).isCloseTo(tflop / (2 * stage / 1e3), within(1e-9));
        assertThat(measured.shareOfMatrixProduct()).isCloseTo(measured.tflops() / 100, within(1e-12));
        assertThat(measured.pairsPerSecond()).isPositive();
        assertThat(studio.gpu().open()).isZero();
        assertThat(studio.tensorRt().failures()).isEmpty();
        studio.gpu().close();
    }
}
