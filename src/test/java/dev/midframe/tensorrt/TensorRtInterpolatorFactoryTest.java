package dev.midframe.tensorrt;

import static dev.midframe.tensorrt.FakeStudio.bytes;
import static dev.midframe.tensorrt.FakeStudio.empty;
import static dev.midframe.tensorrt.FakeStudio.frame;
import static dev.midframe.tensorrt.FakeStudio.mix;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.film.graph.Precision;
import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.BuildListener;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.tensorrt.build.BuildSettings;
import dev.midframe.tensorrt.cuda.Cuda;
import dev.midframe.tensorrt.cuda.GpuMemoryException;
import dev.midframe.tensorrt.run.DataType;
import dev.midframe.video.VideoFrame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Opening engines, and every way in which that or the work afterwards can fail. */
@Timeout(120)
class TensorRtInterpolatorFactoryTest {

    private static final int ILLEGAL_ADDRESS = 700;

    /** Pinned host memory for frames coming in; a pair going out needs two blocks more, its picture's and its time's. */
    private static final int BLOCKS_OF_FRAMES_IN = 2;

    @TempDir
    private Path folder;

    private final FakeGpu gpu = new FakeGpu(1);
    private FakeTensorRt tensorRt = new FakeTensorRt(110201, gpu);

    @AfterEach
    void nothingWentWrongInsideUpcalls() {
        assertThat(tensorRt.failures()).isEmpty();
        gpu.close();
    }

    @ParameterizedTest
    @CsvSource({"110201, TensorRT 11.2.1, network flags 0", "101600, TensorRT 10.16.0, network flags 2"})
    void buildsAndRunsWithEachKnownMajorVersion(int version, String name, String networkFlags) {
        tensorRt = new FakeTensorRt(version, gpu);
        try (FrameInterpolator film = studio(BuildListener.SILENT).open(1)) {
            film.advance(frame(0));
            film.advance(frame(1));
            VideoFrame target = empty();
            try (GeneratedFrames pair = film.interpolate(0.25)) {
                pair.copyTo(0, target);
            }
            assertThat(bytes(target)).isEqualTo(mix(0, 1, 0.25));
            assertThat(film.description()).isEqualTo(name + " (Test GPU), weights FP16");
        }
        assertThat(tensorRt.settings())
                .startsWith(networkFlags, "timing cache of 0 bytes", "pool 0 " + (4L << 30), "level 3", "no flag 6")
                .contains("timing cache of 3 bytes");
    }

    @Test
    void buildsInFullPrecisionWithTheSettingsAskedFor() {
        BuildSettings settings = new BuildSettings(Precision.FP32, 5, 1L << 30);
        try (FrameInterpolator film = new FakeStudio(gpu, tensorRt, folder, BuildListener.SILENT, settings).open(1)) {
            assertThat(film.description()).endsWith("weights FP32");
        }
        assertThat(tensorRt.settings()).contains("pool 0 " + (1L << 30), "level 5", "no flag 6");
        assertThat(tensorRt.elementTypes()).doesNotContain(DataType.HALF);

        tensorRt.elementTypes().clear();
        studio(BuildListener.SILENT).open(1).close();
        assertThat(tensorRt.elementTypes()).contains(DataType.HALF);
    }

    @Test
    void everyObjectOfABuildIsDeletedInReverseOrder() {
        studio(BuildListener.SILENT).open(1).close();

        assertThat(tensorRt.destroyed().subList(0, 7))
                .containsExactly(
                        "IHostMemory",
                        "IHostMemory",
                        "ITimingCache",
                        "IBuilderConfig",
                        "IParser",
                        "INetworkDefinition",
                        "IBuilder");
    }

    @Test
    void theSecondOpeningTakesTheEnginesFromTheCache() {
        studio(BuildListener.SILENT).open(1).close();
        tensorRt.settings().clear();
        studio(BuildListener.SILENT).open(1).close();

        assertThat(tensorRt.settings()).isEmpty();
    }

    @Test
    void aKeptEngineThatTensorRtDoesNotTakeIsBuiltAgainOnce() {
        studio(BuildListener.SILENT).open(1).close();
        tensorRt.settings().clear();
        tensorRt.refusingPlans(1, "Serialization assertion version failed");
        studio(BuildListener.SILENT).open(1).close();

        assertThat(tensorRt.settings()).filteredOn("level 3"::equals).hasSize(1);
        tensorRt.settings().clear();
        studio(BuildListener.SILENT).open(1).close();
        assertThat(tensorRt.settings()).as("what is built the third time").isEmpty();
    }

    @Test
    void anEngineThatTensorRtDoesNotTakeRightAfterItWasBuiltIsNotBuiltAgain() {
        tensorRt.refusingPlans(2, "Serialization assertion version failed");

        assertThatThrownBy(() -> studio(BuildListener.SILENT).open(1))
                .hasMessage("TensorRT 11.2.1: deserializeCudaEngine gave nothing:"
                        + " Serialization assertion version failed");
        assertThat(tensorRt.settings()).filteredOn("level 3"::equals).hasSize(1);
        assertNothingIsLeft();
    }

    @Test
    void aKeptEngineThatDoesNotFitIntoMemoryIsNotBuiltAgain() {
        studio(BuildListener.SILENT).open(1).close();
        tensorRt.settings().clear();
        tensorRt.refusingPlans(1, "Error Code 1: Cuda Runtime (out of memory)");

        assertThatThrownBy(() -> studio(BuildListener.SILENT).open(1)).isInstanceOf(GpuMemoryException.class);
        assertThat(tensorRt.settings()).isEmpty();
    }

    @Test
    void timingsThatTensorRtDoesNotTakeAreMeasuredAgain() {
        tensorRt.refusingKeptTimings();
        studio(BuildListener.SILENT).open(1).close();

        assertThat(tensorRt.settings())
                .filteredOn(setting -> setting.startsWith("timing cache"))
                .containsExactly(
                        "timing cache of 0 bytes",
                        "timing cache of 3 bytes",
                        "timing cache of 0 bytes",
                        "timing cache of 3 bytes",
                        "timing cache of 0 bytes");
    }

    @Test
    void tellsHowFarTheBuildIs() {
        List<Double> reported = new ArrayList<>();
        studio((what, fraction) -> reported.add(fraction)).open(1).close();

        assertThat(reported).isSorted().startsWith(0.0).endsWith(1.0).hasSizeGreaterThan(9);
    }

    @Test
    void tellsNothingOfEnginesThatNeedNoBuilding() {
        studio(BuildListener.SILENT).open(1).close();
        List<Double> reported = new ArrayList<>();
        studio((what, fraction) -> reported.add(fraction)).open(1).close();

        assertThat(reported).isEmpty();
    }

    @Test
    void aFailedBuildIsToldAsEndedToo() {
        tensorRt.builderFailingWith("no kernel");
        List<Double> reported = new ArrayList<>();

        assertThatThrownBy(
                () -> studio((what, fraction) -> reported.add(fraction)).open(1));
        assertThat(reported).containsExactly(0.0, 1.0);
    }

    @Test
    void aListenerThatFailsDoesNotEndTheBuild() {
        studio((what, fraction) -> {
                    throw new IllegalStateException("nobody is there");
                })
                .open(1)
                .close();

        assertThat(tensorRt.settings()).contains("level 3");
    }

    @ParameterizedTest
    @ValueSource(ints = {110201, 101600})
    void aRunningBuildThatNobodyWantsAnyMoreEndsAtItsNextStep(int version) {
        tensorRt = new FakeTensorRt(version, gpu);
        List<Double> reported = new ArrayList<>();
        BuildListener cancelling = new BuildListener() {
            @Override
            public void progress(String what, double fraction) {
                reported.add(fraction);
            }

            @Override
            public boolean cancelled() {
                return reported.size() > 1;
            }
        };
        assertThatThrownBy(() -> studio(cancelling).open(1))
                .isInstanceOf(TensorRtException.class)
                .hasMessageMatching("FEATURES of weights .* was not built to its end, because nobody waits for it");
        assertThat(reported).as("one step and the end").hasSize(3);
        assertNothingIsLeft();
        assertThat(tensorRt.destroyed()).contains("IBuilder", "INetworkDefinition", "IParser", "IBuilderConfig");
    }

    @Test
    void whatACancelledBuildHasMeasuredIsKeptForTheNextOne() {
        BuildListener cancelling = new BuildListener() {
            @Override
            public void progress(String what, double fraction) {}

            @Override
            public boolean cancelled() {
                return tensorRt.settings().contains("level 3");
            }
        };
        assertThatThrownBy(() -> studio(cancelling).open(1)).hasMessageContaining("was not built to its end");
        tensorRt.settings().clear();
        studio(BuildListener.SILENT).open(1).close();

        assertThat(tensorRt.settings())
                .filteredOn(setting -> setting.startsWith("timing cache"))
                .first()
                .isEqualTo("timing cache of 3 bytes");
    }

    @Test
    void noEngineReadsMemoryThatNobodyHasWrittenTo() {
        studio(BuildListener.SILENT).open(1).close();

        assertThat(tensorRt.uninitialized()).isEmpty();
    }

    @Test
    void aFailedBuildSaysWhatTensorRtSays() {
        tensorRt.builderFailingWith("Could not find any implementation for node warp.\n");

        assertThatThrownBy(() -> studio(BuildListener.SILENT).open(1))
                .isInstanceOf(TensorRtException.class)
                .hasMessage("TensorRT 11.2.1: buildSerializedNetwork gave nothing:"
                        + " Could not find any implementation for node warp.");
        assertNothingIsLeft();
    }

    @Test
    void anErrorOfACallThatSucceededExplainsNoLaterFailure() {
        studio(BuildListener.SILENT).open(1).close();
        tensorRt.refusingKeptTimings().buildingNothing().refusingPlans(1, "not a plan");

        assertThatThrownBy(() -> studio(BuildListener.SILENT).open(1))
                .hasMessage("TensorRT 11.2.1: IHostMemory.data failed");
        assertNothingIsLeft();
    }

    @Test
    void aBuildThatRunsOutOfMemoryIsToldAsThatWhateverElseTensorRtSays() {
        tensorRt.builderFailingWith(
                "[defaultAllocator.cpp::allocate::31] Error Code 1: Cuda Runtime (out of memory)",
                "Error Code 10: Internal Error (Could not find any implementation for node warp.)");

        assertThatThrownBy(() -> studio(BuildListener.SILENT).open(1))
                .isInstanceOf(GpuMemoryException.class)
                .hasMessageContaining("Could not find any implementation for node warp.")
                .hasMessageContaining("the GPU's memory is full");
        assertNothingIsLeft();
    }

    @Test
    void aDriverThatIsTooOldForTensorRtIsNamed() {
        tensorRt.givingNothingBecauseOf(
                "CUDA initialization failure with error: 35. Please check your CUDA" + " installation");

        assertThatThrownBy(() -> studio(BuildListener.SILENT).open(1))
                .hasMessageContaining("createInferRuntime gave nothing: CUDA initialization failure with error: 35")
                .hasMessageEndingWith("NVIDIA's driver is too old for this TensorRT: install a newer driver, or"
                        + " have MIDFRAME_TENSORRT name the folder of an older TensorRT");
        assertNothingIsLeft();
    }

    @Test
    void anOperatorThatTheParserDoesNotTakeIsNamed() {
        tensorRt.parserFailingWith("padding mode");

        assertThatThrownBy(() -> studio(BuildListener.SILENT).open(1))
                .hasMessageContaining("node 3 GridSample warp/GridSample_3: padding mode");
        assertNothingIsLeft();
    }

    @Test
    void anEngineThatDoesNotStartSaysWhatTensorRtSays() {
        tensorRt.engineFailingWith("cask failure");

        assertThatThrownBy(() -> studio(BuildListener.SILENT).open(1))
                .hasMessage("TensorRT 11.2.1: enqueueV3 failed: cask failure");
        assertNothingIsLeft();
    }

    @Test
    void tooLittleDeviceMemoryIsToldBeforeAnythingIsBuilt() {
        gpu.withFreeBytes(1000);

        assertThatThrownBy(() -> studio(BuildListener.SILENT).open(1))
                .isInstanceOf(InterpolationException.class)
                .hasMessageMatching("not enough memory on GPU 0 \\(Test GPU\\): at least 0\\.\\d\\d GiB are needed and"
                        + " 0\\.00 GiB are free; close other programs on it, or take smaller pictures or a smaller"
                        + " model");
        assertThat(tensorRt.settings()).as("what a builder was set to").isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void memoryThatWasTakenDuringTheBuildIsMissedBeforeTheStart() {
        BuildListener taking = (what, fraction) -> gpu.withFreeBytes(1000);

        assertThatThrownBy(() -> studio(taking).open(1))
                .isInstanceOf(InterpolationException.class)
                .hasMessageMatching(
                        "not enough memory on GPU 0 \\(Test GPU\\): 0\\.\\d\\d GiB are needed and 0\\.00 GiB are"
                                + " free; close other programs on it, or take smaller pictures or a smaller model");
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({"16, 8", "15, 4", "8, 4", "7, 2", "3, 1", "2, 1"})
    void theDepthIsHalvedUntilHostMemoryCanBePinnedForIt(int blocks, int depth) {
        gpu.withPinnedBlocks(BLOCKS_OF_FRAMES_IN + blocks);
        try (FrameInterpolator film = studio(BuildListener.SILENT).open(8)) {
            assertThat(film.depth()).isEqualTo(depth);
        }
        assertNothingIsLeft();
    }

    @Test
    void withoutPinnedMemoryForOnePairNothingOpens() {
        gpu.withPinnedBlocks(BLOCKS_OF_FRAMES_IN + 1);

        assertThatThrownBy(() -> studio(BuildListener.SILENT).open(8))
                .isInstanceOf(TensorRtException.class)
                .hasMessageContaining("not enough memory");
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({"cuGraphLaunch", "cuMemcpyHtoDAsync_v2", "cuEventSynchronize", "cuCtxSetCurrent"})
    void aDeviceThatIsLostInMidStreamIsAnExceptionAndClosingStillWorks(String function) {
        FrameInterpolator film = studio(BuildListener.SILENT).open(2);
        film.advance(frame(0));
        film.advance(frame(1));
        GeneratedFrames pair = film.interpolate(0.5);
        gpu.failing(function, ILLEGAL_ADDRESS);

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
        EngineRequest request = new EngineRequest(FakeStudio.FORMAT, FakeStudio.MODEL, Backend.TENSORRT, 1, 0, 0);
        TensorRtInterpolatorFactory factory = new TensorRtInterpolatorFactory(
                Map.of("XDG_CACHE_HOME", folder.toString()), new FilmModels(folder), BuildSettings.DEFAULT);
        Cuda cuda = Cuda.initialize(gpu.driver());
        try (FrameInterpolator film = factory.open(request, BuildListener.SILENT, cuda, tensorRt.load())) {
            gpu.failing("cuGraphLaunch", ILLEGAL_ADDRESS);
            assertThatThrownBy(() -> film.advance(frame(0))).isInstanceOf(InterpolationException.class);
        }
        gpu.used().clear();

        assertThatThrownBy(() -> factory.open(request, BuildListener.SILENT, cuda, tensorRt.load()))
                .hasMessage("the GPU stopped working for this program before"
                        + " (cuGraphLaunch failed with CUDA_ERROR_OF_TEST (700)); start it again");
        assertThat(gpu.used()).as("contexts that were retained").isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void worksOnTheGpuThatIsAskedFor() {
        FakeGpu two = new FakeGpu(2);
        FakeTensorRt onTwo = new FakeTensorRt(110201, two);
        EngineRequest request = new EngineRequest(FakeStudio.FORMAT, FakeStudio.MODEL, Backend.TENSORRT, 1, 0, 1);
        new TensorRtInterpolatorFactory(
                        Map.of("XDG_CACHE_HOME", folder.toString()), new FilmModels(folder), BuildSettings.DEFAULT)
                .open(request, BuildListener.SILENT, Cuda.initialize(two.driver()), onTwo.load())
                .close();

        assertThat(two.used()).containsOnly(1);
        assertThat(onTwo.failures()).isEmpty();
        two.close();
    }

    @Test
    void aGpuThatIsNotThereIsNamed() {
        EngineRequest third = new EngineRequest(FakeStudio.FORMAT, "auto", Backend.TENSORRT, 1, 0, 2);
        TensorRtInterpolatorFactory factory =
                new TensorRtInterpolatorFactory(Map.of(), new FilmModels(folder), BuildSettings.DEFAULT);

        assertThatThrownBy(
                        () -> factory.open(third, BuildListener.SILENT, Cuda.initialize(gpu.driver()), tensorRt.load()))
                .hasMessage("there is no GPU number 2; there are 0 to 0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void worksWithoutACudaGraphThatCannotBeMade(boolean recorded) {
        if (recorded) {
            gpu.failing("cuGraphInstantiateWithFlags", ILLEGAL_ADDRESS);
        } else {
            tensorRt.captureFailingWith("operation not permitted when stream is capturing");
        }
        try (FrameInterpolator film = studio(BuildListener.SILENT).open(1)) {
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
        gpu.withPinnedBlocks(BLOCKS_OF_FRAMES_IN + 5);
        try (FrameInterpolator film = studio(BuildListener.SILENT).open(1)) {
            film.advance(frame(0));
            film.advance(frame(1));
            int launches = gpu.calls("cuGraphLaunch").get();

            assertThatThrownBy(() -> film.interpolate(0.25, 0.5, 0.75)).isInstanceOf(GpuMemoryException.class);
            assertThat(gpu.calls("cuGraphLaunch").get()).isEqualTo(launches);

            VideoFrame target = empty();
            try (GeneratedFrames pair = film.interpolate(0.25, 0.75)) {
                pair.copyTo(1, target);
            }
            assertThat(bytes(target)).isEqualTo(mix(0, 1, 0.75));
        }
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        assertThat(gpu.open()).isZero();
    }

    private FakeStudio studio(BuildListener listener) {
        return new FakeStudio(gpu, tensorRt, folder, listener, BuildSettings.DEFAULT);
    }
}
