package dev.midframe.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.film.graph.Precision;
import dev.midframe.interpolation.BuildListener;
import dev.midframe.tensorrt.build.BuildSettings;
import dev.midframe.tensorrt.cuda.GpuMemoryException;
import dev.midframe.testkit.gpu.FakeGpuStack;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Building engines: how far a build is, how it is given up, and every way in which it can fail. */
@Timeout(120)
class EngineBuildTest extends FakeGpuTest {

    @Test
    void tellsHowFarTheBuildIs() {
        List<Double> reported = new ArrayList<>();
        stack.reportingTo((what, fraction) -> reported.add(fraction)).open(1).close();

        assertThat(reported).isSorted().startsWith(0.0).endsWith(1.0).hasSizeGreaterThan(9);
    }

    @Test
    void tellsNothingOfEnginesThatNeedNoBuilding() {
        stack.open(1).close();
        List<Double> reported = new ArrayList<>();
        stack.reportingTo((what, fraction) -> reported.add(fraction)).open(1).close();

        assertThat(reported).isEmpty();
    }

    @Test
    void aFailedBuildIsToldAsEndedToo() {
        stack.tensorRt().builderFailingWith("no kernel");
        List<Double> reported = new ArrayList<>();

        assertThatThrownBy(() ->
                stack.reportingTo((what, fraction) -> reported.add(fraction)).open(1));
        assertThat(reported).containsExactly(0.0, 1.0);
    }

    @Test
    void aListenerThatFailsDoesNotEndTheBuild() {
        stack.reportingTo((what, fraction) -> {
                    throw new IllegalStateException("nobody is there");
                })
                .open(1)
                .close();

        assertThat(stack.tensorRt().settings()).contains("level 3");
    }

    @ParameterizedTest
    @ValueSource(ints = {110201, 101600})
    void aRunningBuildThatNobodyWantsAnyMoreEndsAtItsNextStep(int version) {
        stack = FakeGpuStack.of(version, folder);
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
        assertThatThrownBy(() -> stack.reportingTo(cancelling).open(1))
                .isInstanceOf(TensorRtException.class)
                .hasMessageMatching("FEATURES of weights .* was not built to its end, because nobody waits for it");
        assertThat(reported).as("one step and the end").hasSize(3);
        assertNothingIsLeft();
        assertThat(stack.tensorRt().destroyed())
                .contains("IBuilder", "INetworkDefinition", "IParser", "IBuilderConfig");
    }

    @Test
    void whatACancelledBuildHasMeasuredIsKeptForTheNextOne() {
        BuildListener cancelling = new BuildListener() {
            @Override
            public void progress(String what, double fraction) {}

            @Override
            public boolean cancelled() {
                return stack.tensorRt().settings().contains("level 3");
            }
        };
        assertThatThrownBy(() -> stack.reportingTo(cancelling).open(1))
                .hasMessageContaining("was not built to its end");
        stack.tensorRt().settings().clear();
        stack.open(1).close();

        assertThat(stack.tensorRt().settings())
                .filteredOn(setting -> setting.startsWith("timing cache"))
                .first()
                .isEqualTo("timing cache of 3 bytes");
    }

    @Test
    void timingsThatTensorRtDoesNotTakeAreMeasuredAgain() {
        stack.tensorRt().refusingKeptTimings();
        stack.open(1).close();

        assertThat(stack.tensorRt().settings())
                .filteredOn(setting -> setting.startsWith("timing cache"))
                .containsExactly(
                        "timing cache of 0 bytes",
                        "timing cache of 3 bytes",
                        "timing cache of 0 bytes",
                        "timing cache of 3 bytes",
                        "timing cache of 0 bytes");
    }

    @Test
    void everyObjectOfABuildIsDeletedInReverseOrder() {
        stack.open(1).close();

        assertThat(stack.tensorRt().destroyed().subList(0, 7))
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
    void onlyABuildNeedsTheBuildersKernels() throws IOException {
        stack.open(1).close();
        stack.tensorRt().in(Files.createDirectory(folder.resolve("tensorrt")));
        stack.open(1).close();

        BuildSettings others = new BuildSettings(Precision.FP32, 3, 1L << 30, BuildSettings.Warps.ENGINE);
        assertThatThrownBy(() -> stack.with(others).open(1))
                .isInstanceOf(TensorRtException.class)
                .hasMessageContaining("cannot build engines for the Test GPU, because it has no"
                        + " libnvinfer_builder_resource_sm90.so");
        assertNothingIsLeft();
    }

    @Test
    void aFailedBuildSaysWhatTensorRtSays() {
        stack.tensorRt().builderFailingWith("Could not find any implementation for node warp.\n");

        assertThatThrownBy(() -> stack.open(1))
                .isInstanceOf(TensorRtException.class)
                .hasMessage("TensorRT 11.2.1: buildSerializedNetwork gave nothing:"
                        + " Could not find any implementation for node warp.");
        assertNothingIsLeft();
    }

    @Test
    void anErrorOfACallThatSucceededExplainsNoLaterFailure() {
        stack.open(1).close();
        stack.tensorRt().refusingKeptTimings().buildingNothing().refusingPlans(1, "not a plan");

        assertThatThrownBy(() -> stack.open(1)).hasMessage("TensorRT 11.2.1: IHostMemory.data failed");
        assertNothingIsLeft();
    }

    @Test
    void aBuildThatRunsOutOfMemoryIsToldAsThatWhateverElseTensorRtSays() {
        stack.tensorRt()
                .builderFailingWith(
                        "[defaultAllocator.cpp::allocate::31] Error Code 1: Cuda Runtime (out of memory)",
                        "Error Code 10: Internal Error (Could not find any implementation for node warp.)");

        assertThatThrownBy(() -> stack.open(1))
                .isInstanceOf(GpuMemoryException.class)
                .hasMessageContaining("Could not find any implementation for node warp.")
                .hasMessageContaining("the GPU's memory is full");
        assertNothingIsLeft();
    }

    @Test
    void aDriverThatIsTooOldForTensorRtIsNamed() {
        stack.tensorRt()
                .givingNothingBecauseOf(
                        "CUDA initialization failure with error: 35. Please check your CUDA" + " installation");

        assertThatThrownBy(() -> stack.open(1))
                .hasMessageContaining("createInferRuntime gave nothing: CUDA initialization failure with error: 35")
                .hasMessageEndingWith("NVIDIA's driver is too old for this TensorRT: install a newer driver, or"
                        + " have MIDFRAME_TENSORRT name the folder of an older TensorRT");
        assertNothingIsLeft();
    }

    @Test
    void anOperatorThatTheParserDoesNotTakeIsNamed() {
        stack.tensorRt().parserFailingWith("padding mode");

        assertThatThrownBy(() -> stack.open(1))
                .hasMessageContaining("node 3 GridSample warp/GridSample_3: padding mode");
        assertNothingIsLeft();
    }

    @Test
    void anEngineThatDoesNotStartSaysWhatTensorRtSays() {
        stack.tensorRt().engineFailingWith("cask failure");

        assertThatThrownBy(() -> stack.open(1)).hasMessage("TensorRT 11.2.1: enqueueV3 failed: cask failure");
        assertNothingIsLeft();
    }
}
