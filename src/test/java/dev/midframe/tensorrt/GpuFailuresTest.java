package dev.midframe.tensorrt;

import static dev.midframe.testkit.gpu.FakeGpuStack.bytes;
import static dev.midframe.testkit.gpu.FakeGpuStack.empty;
import static dev.midframe.testkit.gpu.FakeGpuStack.frame;
import static dev.midframe.testkit.gpu.FakeGpuStack.mix;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.interpolation.BuildListener;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.tensorrt.cuda.GpuMemoryException;
import dev.midframe.video.VideoFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GPUs that lack memory, fail or are lost, before the start and in mid-stream. */
@Timeout(120)
class GpuFailuresTest extends FakeGpuTest {

    private static final int ILLEGAL_ADDRESS = 700;

    /** Pinned host memory for frames coming in; each pair going out needs one block more. */
    private static final int BLOCKS_OF_FRAMES_IN = 2;

    @Test
    void tooLittleDeviceMemoryIsToldBeforeAnythingIsBuilt() {
        stack.gpu().withFreeBytes(1000);

        assertThatThrownBy(() -> stack.open(1))
                .isInstanceOf(InterpolationException.class)
                .hasMessageMatching("not enough memory on GPU 0 \\(Test GPU\\): at least 0\\.\\d\\d GiB are needed and"
                        + " 0\\.00 GiB are free; close other programs on it, or take smaller frames or a smaller"
                        + " model");
        assertThat(stack.tensorRt().settings()).as("what a builder was set to").isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void memoryThatWasTakenDuringTheBuildIsMissedBeforeTheStart() {
        BuildListener taking = (what, fraction) -> stack.gpu().withFreeBytes(1000);

        assertThatThrownBy(() -> stack.reportingTo(taking).open(1))
                .isInstanceOf(InterpolationException.class)
                .hasMessageMatching(
                        "not enough memory on GPU 0 \\(Test GPU\\): 0\\.\\d\\d GiB are needed and 0\\.00 GiB are"
                                + " free; close other programs on it, or take smaller frames or a smaller model");
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({"8, 8", "7, 4", "4, 4", "3, 2", "2, 2", "1, 1"})
    void theDepthIsHalvedUntilHostMemoryCanBePinnedForIt(int blocks, int depth) {
        stack.gpu().withPinnedBlocks(BLOCKS_OF_FRAMES_IN + blocks);
        try (FrameInterpolator film = stack.open(8)) {
            assertThat(film.depth()).isEqualTo(depth);
        }
        assertNothingIsLeft();
    }

    @Test
    void withoutPinnedMemoryForOnePairNothingOpens() {
        stack.gpu().withPinnedBlocks(BLOCKS_OF_FRAMES_IN);

        assertThatThrownBy(() -> stack.open(8))
                .isInstanceOf(TensorRtException.class)
                .hasMessageContaining("not enough memory");
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({"cuGraphLaunch", "cuMemcpyHtoDAsync_v2", "cuEventSynchronize", "cuCtxSetCurrent"})
    void aDeviceThatIsLostInMidStreamIsAnExceptionAndClosingStillWorks(String function) {
        FrameInterpolator film = stack.open(2);
        film.advance(frame(0));
        film.advance(frame(1));
        GeneratedFrames pair = film.interpolate(0.5);
        stack.gpu().failing(function, ILLEGAL_ADDRESS);

        assertThatThrownBy(() -> {
                    film.advance(frame(2));
                    film.interpolate(0.5).copyTo(0, empty());
                })
                .isInstanceOf(InterpolationException.class)
                .hasMessageContaining("the GPU stopped working for this program");
        assertThatCode(pair::close).doesNotThrowAnyException();
        assertThatCode(film::close).doesNotThrowAnyException();
        assertNothingIsLeft();
    }

    @Test
    void nothingIsOpenedOnADeviceThatWasLostBefore() {
        try (FrameInterpolator film = stack.open(1)) {
            stack.gpu().failing("cuGraphLaunch", ILLEGAL_ADDRESS);
            assertThatThrownBy(() -> film.advance(frame(0))).isInstanceOf(InterpolationException.class);
        }
        stack.gpu().used().clear();

        assertThatThrownBy(() -> stack.open(1))
                .hasMessage("the GPU stopped working for this program before"
                        + " (cuGraphLaunch failed with CUDA_ERROR_OF_TEST (700)); start it again");
        assertThat(stack.gpu().used()).as("contexts that were retained").isEmpty();
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void worksWithoutACudaGraphThatCannotBeMade(boolean recorded) {
        if (recorded) {
            stack.gpu().failing("cuGraphInstantiateWithFlags", ILLEGAL_ADDRESS);
        } else {
            stack.tensorRt().captureFailingWith("operation not permitted when stream is capturing");
        }
        try (FrameInterpolator film = stack.open(1)) {
            film.advance(frame(0));
            film.advance(frame(1));
            VideoFrame target = empty();
            try (GeneratedFrames pair = film.interpolate(0.5)) {
                pair.copyTo(0, target);
            }
            assertThat(bytes(target)).isEqualTo(mix(0, 1, 0.5));
        }
        assertNothingIsLeft();
    }

    @Test
    void aPairOfMoreFramesThanCanBePinnedFailsBeforeAnythingIsStartedAndTheNextOneWorks() {
        stack.gpu().withPinnedBlocks(BLOCKS_OF_FRAMES_IN + 2);
        try (FrameInterpolator film = stack.open(1)) {
            film.advance(frame(0));
            film.advance(frame(1));
            int launches = stack.gpu().calls("cuGraphLaunch").get();

            assertThatThrownBy(() -> film.interpolate(0.25, 0.5, 0.75)).isInstanceOf(GpuMemoryException.class);
            assertThat(stack.gpu().calls("cuGraphLaunch").get()).isEqualTo(launches);

            VideoFrame target = empty();
            try (GeneratedFrames pair = film.interpolate(0.25, 0.75)) {
                pair.copyTo(1, target);
            }
            assertThat(bytes(target)).isEqualTo(mix(0, 1, 0.75));
        }
        assertNothingIsLeft();
    }
}
