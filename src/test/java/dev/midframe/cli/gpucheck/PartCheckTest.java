package dev.midframe.cli.gpucheck;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midframe.film.graph.Precision;
import dev.midframe.film.network.FilmPart;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.tensorrt.measure.GpuMeasurement;
import dev.midframe.tensorrt.measure.LayerTime;
import dev.midframe.tensorrt.measure.PartMeasurement;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartCheckTest {

    private static final FrameFormat FORMAT = new FrameFormat(PixelFormat.I420, 64, 48, Colorimetry.BT601_LIMITED);

    private final StringWriter printed = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void theSlowestLayersOfEachPartArePrintedAndAllAreInTheJson() throws IOException {
        Path json = folder.resolve("parts.json");
        PartCheck check = new PartCheck(List.of(FilmPart.FLOW, FilmPart.FUSION), 1, true, json);

        assertThat(run(check, new Parts())).isTrue();
        assertThat(printed.toString().lines().toList())
                .hasSize(2 * 41)
                .first()
                .asString()
                .isEqualTo(
                        "film         64x48      FP16  FLOW     median 4.500 ms, p99 5.000 ms, 7 runs, opened in 60.5 s"
                                + " with building");
        assertThat(printed.toString().lines().toList().get(1))
                .isEqualTo("    50.000 ms   2.0%  CaskConvolution      Half -> Half             layer 0  sm90");
        JsonNode rows = new ObjectMapper().readTree(json.toFile());
        assertThat(rows.findValuesAsText("part")).startsWith("FLOW").endsWith("FUSION");
        assertThat(rows.at("/0/measurement/layers")).hasSize(50);
    }

    @Test
    void aPartThatFailsLeavesTheOthersTheirRows() throws IOException {
        PartCheck check = new PartCheck(List.of(FilmPart.FEATURES, FilmPart.FLOW), 1, false, null);

        assertThat(run(check, new Parts())).isFalse();
        assertThat(printed.toString()).contains("FEATURES no kernel", "FLOW     median");
    }

    private boolean run(PartCheck check, GpuUnderTest gpu) throws IOException {
        return check.run(
                gpu,
                Map.of("film", "film-lite"),
                List.of(FORMAT),
                List.of(Precision.FP16),
                0,
                () -> false,
                new PrintWriter(printed, true));
    }

    /** FEATURES does not open. */
    private static final class Parts implements GpuUnderTest {

        @Override
        public PartMeasurement measurePart(
                EngineRequest request, Precision precision, FilmPart part, double seconds, boolean profile) {
            if (part == FilmPart.FEATURES) {
                throw new InterpolationException("no kernel");
            }
            List<LayerTime> layers = IntStream.range(0, profile ? 50 : 0)
                    .mapToObj(layer -> new LayerTime(
                            "layer " + layer, 50 - layer, 0.02, "CaskConvolution", "Half -> Half", "sm90"))
                    .toList();
            return new PartMeasurement(part, true, 60.5, 7, 4.5, 5, layers);
        }

        @Override
        public double matrixProductTflops() {
            throw new AssertionError("not asked for");
        }

        @Override
        public GpuMeasurement measure(
                EngineRequest request, Precision precision, List<VideoFrame> frames, double matrixProductTflops) {
            throw new AssertionError("not asked for");
        }

        @Override
        public InterpolatorFactory engines(Precision precision) {
            throw new AssertionError("not asked for");
        }
    }
}
