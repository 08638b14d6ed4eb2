package dev.midframe.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.engine.check.FrameComparison;
import dev.midframe.engine.check.TexturedFrames;
import dev.midframe.film.graph.Precision;
import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.onnx.OnnxInterpolatorFactory;
import dev.midframe.tensorrt.build.BuildSettings;
import dev.midframe.testkit.gpu.FakeGpu;
import dev.midframe.testkit.gpu.FakeGpuStack;
import dev.midframe.testkit.gpu.KernelsOnCpu;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * FILM in pieces with kernels between them, all of it computed on the CPU: engines by ONNX Runtime, kernels compiled as C++. Its
 * frames are held against those of the uncut network in floats.
 */
class WarpingKernelsTest extends FakeGpuTest {

    private static final FrameFormat FORMAT = new FrameFormat(PixelFormat.NV12, 150, 102, Colorimetry.BT601_LIMITED);

    @Override
    protected FakeGpuStack stack() {
        FakeGpuStack computing = FakeGpuStack.of(new FakeGpu(1).with(KernelsOnCpu.compiled(folder)), 110201, folder);
        computing.tensorRt().computing();
        return computing;
    }

    @ParameterizedTest
    @CsvSource({"FP32, 60", "FP16, 40"})
    void makesTheFramesOfThePublishedForm(Precision precision, double decibels) {
        assertThat(decibels("src/test/resources/film-golden/weights.safetensors", precision))
                .isGreaterThan(decibels);
    }

    @ParameterizedTest
    @CsvSource({"film-lite, FP32, 60", "film-lite, FP16, 40", "film-base, FP32, 60", "film-base, FP16, 40"})
    void makesTheFramesOfTheBlend(String model, Precision precision, double decibels) {
        assertThat(decibels(model, precision)).isGreaterThan(decibels);
    }

    @Test
    void keepsFeaturesWithTheirChannelsTogether() {
        stack = stack.with(settings(Precision.FP16));
        stack.open(request("film-lite", Backend.TENSORRT)).close();

        assertThat(stack.tensorRt().settings())
                .as("bit 2: HWC8")
                .contains("features.0 in formats 4", "warped in formats 4", "aligned.0 in formats 4")
                .doesNotContain("y in formats 4", "flow in formats 4");
        assertNothingIsLeft();
    }

    private double decibels(String model, Precision precision) {
        stack = stack.with(settings(precision));
        FilmModels models = new FilmModels(folder);
        try (TexturedFrames textured = new TexturedFrames(FORMAT);
                Arena arena = Arena.ofShared();
                FrameInterpolator film = stack.open(request(model, Backend.TENSORRT))) {
            List<VideoFrame> frames = textured.frames();
            VideoFrame found = VideoFrame.allocate(FORMAT, arena);
            film.advance(frames.get(2));
            film.advance(frames.get(0));
            film.advance(frames.get(1));
            try (GeneratedFrames pair = film.interpolate(0.25, 0.5)) {
                pair.copyTo(1, found);
            }
            VideoFrame expected = FrameComparison.middle(
                    OnnxInterpolatorFactory.inFloats(models), request(model, Backend.CPU), frames, arena);
            return FrameComparison.between(expected, found).decibels();
        }
    }

    private static BuildSettings settings(Precision precision) {
        return new BuildSettings(precision, 3, 1L << 30, BuildSettings.Warps.KERNELS);
    }

    private static EngineRequest request(String model, Backend backend) {
        return new EngineRequest(FORMAT, model, backend, 2, 0, 0);
    }
}
