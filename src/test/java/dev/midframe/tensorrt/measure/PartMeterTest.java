package dev.midframe.tensorrt.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.film.model.FilmModels;
import dev.midframe.film.network.FilmPart;
import dev.midframe.interpolation.BuildListener;
import dev.midframe.tensorrt.build.BuildSettings;
import dev.midframe.testkit.gpu.FakeGpu;
import dev.midframe.testkit.gpu.FakeGpuStack;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartMeterTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"110201, FLOW", "101600, FUSION", "100600, FEATURES"})
    void aPartIsTimedAloneAndLayerByLayer(int version, FilmPart part) {
        FakeGpuStack stack = FakeGpuStack.of(version, folder);
        PartMeasurement measured = measure(stack, part, 0.01, true);

        assertThat(measured.part()).isEqualTo(part);
        assertThat(measured.built()).isTrue();
        assertThat(measured.runs()).isGreaterThanOrEqualTo(5);
        assertThat(measured.medianMillis()).isEqualTo(FakeGpu.MILLIS_EACH);
        assertThat(measured.p99Millis()).isEqualTo(FakeGpu.MILLIS_EACH);
        assertThat(measured.layers())
                .containsExactly(
                        new LayerTime("warp", 3, 0.75, "", "", ""),
                        new LayerTime("convolution", 1, 0.25, "CaskConvolution", "Half -> Float", "sm90_fprop"));
        assertThat(stack.tensorRt().uninitialized()).isEmpty();
        assertThat(stack.gpu().open()).isZero();
        stack.close();
    }

    @Test
    void onlyThePartThatIsAskedForIsBuilt() {
        FakeGpuStack stack = FakeGpuStack.of(110201, folder);
        measure(stack, FilmPart.FLOW, 0, false);
        assertThat(stack.tensorRt().settings()).filteredOn("level 3"::equals).hasSize(1);

        PartMeasurement again = measure(stack, FilmPart.FLOW, 0, false);
        assertThat(again.built()).isFalse();
        assertThat(again.layers()).isEmpty();
        stack.close();
    }

    @Test
    void layersAreTimedWithoutDescriptionsWhereThereAreNone() {
        assertThat(LayerTime.of(Map.of("a", 10.0), 5, "no JSON")).containsExactly(new LayerTime("a", 2, 1, "", "", ""));
        assertThat(LayerTime.of(Map.of("a", 10.0), 5, "{\"Layers\": [\"a\"]}"))
                .isEqualTo(List.of(new LayerTime("a", 2, 1, "", "", "")));
    }

    private PartMeasurement measure(FakeGpuStack stack, FilmPart part, double seconds, boolean profile) {
        PartMeter meter = new PartMeter(
                Map.of("XDG_CACHE_HOME", folder.toString()),
                new FilmModels(folder),
                BuildSettings.DEFAULT,
                BuildListener.SILENT);
        return meter.measure(
                FakeGpuStack.request(1, 0),
                part,
                seconds,
                profile,
                stack.cuda(),
                stack.tensorRt().load());
    }
}
