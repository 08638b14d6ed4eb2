package dev.midframe.tensorrt;

import static dev.midframe.testkit.gpu.FakeGpuStack.bytes;
import static dev.midframe.testkit.gpu.FakeGpuStack.empty;
import static dev.midframe.testkit.gpu.FakeGpuStack.frame;
import static dev.midframe.testkit.gpu.FakeGpuStack.mix;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.film.graph.Precision;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.tensorrt.build.BuildSettings;
import dev.midframe.tensorrt.cuda.GpuMemoryException;
import dev.midframe.tensorrt.run.DataType;
import dev.midframe.testkit.gpu.FakeGpu;
import dev.midframe.testkit.gpu.FakeGpuStack;
import dev.midframe.video.VideoFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Opening engines: which are built, which are kept, and on which GPU. */
@Timeout(120)
class TensorRtInterpolatorFactoryTest extends FakeGpuTest {

    @ParameterizedTest
    @CsvSource({"110201, TensorRT 11.2.1, network flags 0", "101600, TensorRT 10.16.0, network flags 2"})
    void buildsAndRunsWithEachKnownMajorVersion(int version, String name, String networkFlags) {
        stack = FakeGpuStack.of(version, folder);
        try (FrameInterpolator film = stack.open(1)) {
            film.advance(frame(0));
            film.advance(frame(1));
            VideoFrame target = empty();
            try (GeneratedFrames pair = film.interpolate(0.25)) {
                pair.copyTo(0, target);
            }
            assertThat(bytes(target)).isEqualTo(mix(0, 1, 0.25));
            assertThat(film.description()).isEqualTo(name + " (Test GPU), weights FP16");
        }
        assertThat(stack.tensorRt().settings())
                .startsWith(
                        networkFlags,
                        "timing cache of 0 bytes",
                        "pool 0 " + (4L << 30),
                        "level 3",
                        "no flag 6",
                        "details 2")
                .contains("timing cache of 3 bytes");
    }

    @Test
    void buildsInFullPrecisionWithTheSettingsAskedFor() {
        BuildSettings settings = new BuildSettings(Precision.FP32, 5, 1L << 30, BuildSettings.Warps.ENGINE);
        try (FrameInterpolator film = stack.with(settings).open(1)) {
            assertThat(film.description()).endsWith("weights FP32");
        }
        assertThat(stack.tensorRt().settings()).contains("pool 0 " + (1L << 30), "level 5", "no flag 6");
        assertThat(stack.tensorRt().elementTypes()).doesNotContain(DataType.HALF);

        stack.tensorRt().elementTypes().clear();
        stack.open(1).close();
        assertThat(stack.tensorRt().elementTypes()).contains(DataType.HALF);
    }

    @Test
    void theSecondOpeningTakesTheEnginesFromTheCache() {
        stack.open(1).close();
        stack.tensorRt().settings().clear();
        stack.open(1).close();

        assertThat(stack.tensorRt().settings()).isEmpty();
    }

    @Test
    void aKeptEngineThatTensorRtDoesNotTakeIsBuiltAgainOnce() {
        stack.open(1).close();
        stack.tensorRt().settings().clear();
        stack.tensorRt().refusingPlans(1, "Serialization assertion version failed");
        stack.open(1).close();

        assertThat(stack.tensorRt().settings()).filteredOn("level 3"::equals).hasSize(1);
        stack.tensorRt().settings().clear();
        stack.open(1).close();
        assertThat(stack.tensorRt().settings())
                .as("what is built the third time")
                .isEmpty();
    }

    @Test
    void anEngineThatTensorRtDoesNotTakeRightAfterItWasBuiltIsNotBuiltAgain() {
        stack.tensorRt().refusingPlans(2, "Serialization assertion version failed");

        assertThatThrownBy(() -> stack.open(1))
                .hasMessage("TensorRT 11.2.1: deserializeCudaEngine gave nothing:"
                        + " Serialization assertion version failed");
        assertThat(stack.tensorRt().settings()).filteredOn("level 3"::equals).hasSize(1);
        assertNothingIsLeft();
    }

    @Test
    void aKeptEngineThatDoesNotFitIntoMemoryIsNotBuiltAgain() {
        stack.open(1).close();
        stack.tensorRt().settings().clear();
        stack.tensorRt().refusingPlans(1, "Error Code 1: Cuda Runtime (out of memory)");

        assertThatThrownBy(() -> stack.open(1)).isInstanceOf(GpuMemoryException.class);
        assertThat(stack.tensorRt().settings()).isEmpty();
    }

    @Test
    void noEngineReadsMemoryThatNobodyHasWrittenTo() {
        stack.open(1).close();

        assertThat(stack.tensorRt().uninitialized()).isEmpty();
    }

    @Test
    void worksOnTheGpuThatIsAskedFor() {
        FakeGpu two = new FakeGpu(2);
        try (FakeGpuStack onTwo = FakeGpuStack.of(two, 110201, folder)) {
            onTwo.open(FakeGpuStack.request(1, 1)).close();
        }

        assertThat(two.used()).containsOnly(1);
    }

    @Test
    void aGpuThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> stack.open(FakeGpuStack.request(1, 2)))
                .hasMessage("there is no GPU number 2; there are 0 to 0");
    }
}
