package dev.midframe.engine.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.film.graph.Precision;
import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.BuildListener;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.interpolation.MotionSize;
import dev.midframe.tensorrt.TensorRtInterpolator;
import dev.midframe.tensorrt.build.CachedEngines;
import dev.midframe.testkit.AveragingInterpolator;
import dev.midframe.testkit.gpu.FakeGpuStack;
import dev.midframe.video.VideoFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The GPU in Java mixes two frames; so does the reference that agrees with it. */
class CheckedGpuTest {

    private static final InterpolatorFactory AGREES = AveragingInterpolator::new;
    private static final InterpolatorFactory DISAGREES = AveragingInterpolator.brighterBy(9);

    @TempDir
    private Path folder;

    private FakeGpuStack stack;
    private final List<EngineRequest> referenceRequests = new ArrayList<>();

    @BeforeEach
    void prepare() {
        stack = FakeGpuStack.of(110201, folder);
    }

    @AfterEach
    void nothingWentWrongInsideUpcalls() {
        stack.close();
    }

    @Test
    void anEngineThatAgreesIsUsedAndBeginsAfresh() {
        try (FrameInterpolator film = open(AGREES)) {
            film.advance(FakeGpuStack.frame(0));
            assertThatThrownBy(() -> film.interpolate(0.5))
                    .as("frames of the check are forgotten")
                    .isInstanceOf(IllegalStateException.class);
            film.advance(FakeGpuStack.frame(1));
            VideoFrame target = FakeGpuStack.empty();
            try (GeneratedFrames pair = film.interpolate(0.5)) {
                pair.copyTo(0, target);
            }
            assertThat(FakeGpuStack.bytes(target)).isEqualTo(FakeGpuStack.mix(0, 1, 0.5));
        }
    }

    @Test
    void theReferenceIsTheSameModelOnTheCpuAtFullSize() {
        open(AGREES).close();

        assertThat(referenceRequests)
                .containsExactly(new EngineRequest(
                        FakeGpuStack.FORMAT, FakeGpuStack.MODEL, Backend.CPU, 1, 0, 0, MotionSize.FULL));
    }

    @Test
    void itIsLookedAtOnceAfterABuild() {
        open(AGREES).close();
        open(AGREES).close();

        assertThat(referenceRequests).hasSize(1);
    }

    @Test
    void whatIsBuiltIsMeasuredAndTheRateIsKept() throws IOException {
        open(AGREES).close();
        open(AGREES).close();

        assertThat(new CachedEngines(folder.resolve("midframe/engines")).rates())
                .singleElement()
                .asString()
                .matches("[1-9]\\d* pairs a second: TensorRT 11\\.2\\.1 \\(Test GPU\\), weights FP16 at I420 38x22 .*");
    }

    @Test
    void anEngineThatDisagreesIsNotUsedNorTheNextTime() {
        String refusal = "makes other frames than the CPU";
        assertThatThrownBy(() -> open(DISAGREES))
                .isInstanceOf(InterpolationException.class)
                .hasMessageContaining("TensorRT 11.2.1 (Test GPU), weights FP16 " + refusal)
                .hasMessageContaining("more than 40.0 dB is needed")
                .hasMessageContaining("MIDFRAME_TENSORRT_PRECISION=fp32");

        assertThatThrownBy(() -> open(AGREES)).hasMessageContaining(refusal);
        assertThat(referenceRequests).as("what is kept is enough").hasSize(1);
        assertThat(stack.gpu().open()).as("what is left on the GPU").isZero();
    }

    @Test
    void anEngineThatIsBuiltAgainIsLookedAtAgain() {
        assertThatThrownBy(() -> open(DISAGREES)).isInstanceOf(InterpolationException.class);
        stack.tensorRt().refusingPlans(1, "Serialization assertion version failed");

        open(AGREES).close();
        open(AGREES).close();
        assertThat(referenceRequests).hasSize(2);
    }

    @Test
    void whereTheCpuCannotMakeTheFrameTheEngineIsUsedAndLookedAtNextTime() {
        open(request -> {
                    throw new InterpolationException("no such model");
                })
                .close();

        assertThatThrownBy(() -> open(DISAGREES)).hasMessageContaining("makes other frames");
    }

    @Test
    void whereTheCpuHasTooLittleMemoryNothingIsAskedOfIt() {
        CheckedGpu small = new CheckedGpu(this::onGpu, Precision.FP16, noticed(DISAGREES), models(), () -> 1000);

        small.open(FakeGpuStack.request(1, 0)).close();
        assertThat(referenceRequests).isEmpty();
    }

    private FrameInterpolator open(InterpolatorFactory reference) {
        return new CheckedGpu(this::onGpu, Precision.FP16, noticed(reference), models())
                .open(FakeGpuStack.request(1, 0));
    }

    private TensorRtInterpolator onGpu(EngineRequest request, BuildListener listener) {
        return stack.reportingTo(listener).open(request);
    }

    private InterpolatorFactory noticed(InterpolatorFactory reference) {
        return request -> {
            referenceRequests.add(request);
            return reference.open(request);
        };
    }

    private FilmModels models() {
        return new FilmModels(folder);
    }
}
