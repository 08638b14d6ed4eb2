package dev.midframe.cli.gpucheck;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midframe.film.graph.Precision;
import dev.midframe.film.model.FilmModels;
import dev.midframe.film.network.FilmPart;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.ForwardingInterpolator;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.interpolation.MotionSize;
import dev.midframe.onnx.OnnxInterpolatorFactory;
import dev.midframe.tensorrt.measure.GpuMeasurement;
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
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The course of {@code gpu-check}; where a GPU would be, FILM on the CPU makes the pictures, well or badly. */
class GpuCheckTest {

    private static final FrameFormat SMALL = new FrameFormat(PixelFormat.I420, 64, 64, Colorimetry.BT601_LIMITED);
    private static final FrameFormat LARGER = new FrameFormat(PixelFormat.I420, 96, 64, Colorimetry.BT601_LIMITED);
    private static final GpuMeasurement MEASUREMENT =
            new GpuMeasurement("none", "I420", false, 1, 1, 1 << 20, 1, 1, 1, 1, 2, 2, 300, 1, 0.1);

    @TempDir
    private Path folder;

    private final StringWriter printed = new StringWriter();
    private InterpolatorFactory cpu;
    private boolean stopped;
    private Path json;

    @BeforeEach
    void prepare() {
        cpu = new OnnxInterpolatorFactory(new FilmModels(folder));
        json = folder.resolve("gpu.json");
    }

    @Test
    void aGpuThatMakesTheCpusPicturesIsGood() throws IOException {
        assertThat(check(new Gpu(cpu, () -> MEASUREMENT), Precision.FP16, Precision.FP32))
                .isTrue();

        JsonNode rows = new ObjectMapper().readTree(json.toFile()).path("rows");
        assertThat(rows.findValuesAsText("size")).containsExactly("64x64", "64x64", "96x64", "96x64");
        assertThat(rows.findValuesAsText("precision")).containsExactly("FP16", "FP32", "FP16", "FP32");
        assertThat(rows.findValuesAsText("outcome")).containsOnly("GOOD");
        assertThat(printed.toString()).contains("matrix product, half precision: 900 TFLOPS", "100/100/100");
    }

    @Test
    void aGpuThatMakesOtherPicturesIsTooFar() throws IOException {
        assertThat(check(new Gpu(request -> new Shifted(cpu.open(request)), () -> MEASUREMENT), Precision.FP16))
                .isFalse();

        assertThat(printed.toString()).contains("TOO FAR FROM THE CPU'S");
    }

    @Test
    void anEngineThatDoesNotWorkLeavesTheOthersTheirRows() throws IOException {
        var gpu = new Gpu(cpu, () -> {
            throw new InterpolationException("no kernel");
        });

        assertThat(check(gpu, Precision.FP16)).isFalse();
        assertThat(new ObjectMapper().readTree(json.toFile()).path("rows").findValuesAsText("failure"))
                .containsExactly("no kernel", "no kernel");
    }

    @Test
    void aPictureThatTheCpuCannotMakeLeavesTheMeasurement() throws IOException {
        InterpolatorFactory working = cpu;
        cpu = request -> {
            throw new OutOfMemoryError("of a test");
        };

        assertThat(check(new Gpu(working, () -> MEASUREMENT), Precision.FP16)).isFalse();
        JsonNode row = new ObjectMapper().readTree(json.toFile()).at("/rows/0");
        assertThat(row.at("/measurement/computeMedianMillis").asDouble()).isEqualTo(2);
        assertThat(row.path("failure").asText()).contains("too little memory");
    }

    @Test
    void whoStopsItKeepsTheRowsThatAreComplete() throws IOException {
        var gpu = new Gpu(cpu, () -> {
            stopped = rows() == 1;
            return MEASUREMENT;
        });

        check(gpu, Precision.FP16, Precision.FP32);

        assertThat(rows()).isEqualTo(1);
        assertThat(printed.toString()).endsWith("stopped; the rows above are complete" + System.lineSeparator());
    }

    private int rows() {
        try {
            return new ObjectMapper().readTree(json.toFile()).path("rows").size();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private boolean check(GpuUnderTest gpu, Precision... precisions) throws IOException {
        GpuCheck check = new GpuCheck(gpu, cpu, () -> stopped, new PrintWriter(printed, true), json);
        check.add("film-lite", "film-lite");
        return check.run(List.of("GPU 0: none"), 0, "level 3", List.of(SMALL, LARGER), List.of(precisions));
    }

    private record Gpu(InterpolatorFactory engines, Supplier<GpuMeasurement> measured) implements GpuUnderTest {

        @Override
        public double matrixProductTflops() {
            return 900;
        }

        @Override
        public GpuMeasurement measure(
                EngineRequest request, Precision precision, List<VideoFrame> frames, double matrixProductTflops) {
            return measured.get();
        }

        @Override
        public PartMeasurement measurePart(
                EngineRequest request, Precision precision, FilmPart part, double seconds, boolean profile) {
            throw new InterpolationException("no part is asked for");
        }

        @Override
        public InterpolatorFactory engines(Precision precision) {
            return request -> engines.open(new EngineRequest(
                    request.format(), request.model(), Backend.CPU, request.depth(), 0, 0, MotionSize.FULL));
        }
    }

    /** Shows the earlier frame for the one between. */
    private static final class Shifted extends ForwardingInterpolator {

        Shifted(FrameInterpolator film) {
            super(film);
        }

        @Override
        public GeneratedFrames interpolate(double... times) {
            return super.interpolate(0.01);
        }
    }
}
