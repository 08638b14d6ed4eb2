package dev.midframe.tensorrt;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.tensorrt.cuda.Gpu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupportedGpusTest {

    private static final Gpu GTX_1080 = gpu("GTX 1080", "6.1");
    private static final Gpu H200 = gpu("H200", "9.0");
    private static final Gpu RTX_5090 = gpu("RTX 5090", "12.0");

    @ParameterizedTest
    @CsvSource({"7.5, 100600", "8.9, 100600", "9.0, 100600", "10.0, 100800", "12.0, 110201", "12.1, 101600"})
    void aGpuThatTensorRtKnowsIsTaken(String capability, int version) {
        assertThatCode(() -> SupportedGpus.check(gpu("a GPU", capability), version))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"6.1", "7.0"})
    void anOlderGpuIsRefusedWithWhatToUse(String capability) {
        assertThatThrownBy(() -> SupportedGpus.check(gpu("Old", capability), 110201))
                .isInstanceOf(TensorRtException.class)
                .hasMessage("the Old (compute capability " + capability + ") is older than what TensorRT works on"
                        + " (compute capability 7.5, Turing, or later): use backend=cpu, or install another GPU");
    }

    @Test
    void aNewerGpuIsRefusedWithWhatToInstall() {
        assertThatThrownBy(() -> SupportedGpus.check(RTX_5090, 100600))
                .isInstanceOf(TensorRtException.class)
                .hasMessage(
                        "the RTX 5090 (compute capability 12.0) is newer than TensorRT 10.6 knows (compute capability"
                                + " 9.0, Hopper): install NVIDIA's own package of TensorRT 10.8 or later, and unset"
                                + " MIDFRAME_TENSORRT");
    }

    @Test
    void anArtifactThatIsOfUseToNoGpuIsNotFetched() {
        assertThatThrownBy(() ->
                        SupportedGpus.checkBeforeInstalling(List.of(RTX_5090, GTX_1080), TensorRtInstallation.VERSION))
                .isInstanceOf(TensorRtException.class)
                .hasMessageContaining("install NVIDIA's own package of TensorRT 10.8 or later");
    }

    @Test
    void anArtifactThatIsOfUseToOneGpuIsFetched() {
        assertThatCode(() -> SupportedGpus.checkBeforeInstalling(List.of(RTX_5090, H200), TensorRtInstallation.VERSION))
                .doesNotThrowAnyException();
        assertThatCode(() -> SupportedGpus.checkBeforeInstalling(List.of(), TensorRtInstallation.VERSION))
                .as("no driver yet")
                .doesNotThrowAnyException();
    }

    @Test
    void librariesWithoutKernelsForTheGpuAreToldWithTheRemedy(@TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve("libnvinfer_builder_resource_ptx.so.11.2.1"));
        Files.createFile(folder.resolve("libnvinfer_builder_resource_sm86.so.11.2.1"));
        assertThatThrownBy(() -> SupportedGpus.checkKernels(H200, folder))
                .isInstanceOf(TensorRtException.class)
                .hasMessage("the TensorRT in " + folder + " cannot build engines for the H200, because it has no"
                        + " libnvinfer_builder_resource_sm90.so: install NVIDIA's own package, or run ./midframe"
                        + " tensorrt install and have MIDFRAME_TENSORRT name the folder that it prints");
    }

    @Test
    void noGpuThatTheInstallationIsOfNoUseToIsSentToIt(@TempDir Path folder) {
        assertThatThrownBy(() -> SupportedGpus.checkKernels(RTX_5090, folder))
                .hasMessageEndingWith("has no libnvinfer_builder_resource_sm120.so: install NVIDIA's own package");
    }

    /** Orin, B300 and GB10 have no library of their own: they take their family's. */
    @ParameterizedTest
    @CsvSource({
        "9.0, sm90.so.11.2.1",
        "9.0, .so.10.6.0",
        "8.7, sm86.so.10.9.0",
        "10.3, sm100.so.10.13.3",
        "12.1, sm120.so.11.2.1"
    })
    void librariesWithKernelsForTheGpuAreEnough(String capability, String ending, @TempDir Path folder)
            throws IOException {
        Files.createFile(folder.resolve("libnvinfer_builder_resource" + (ending.startsWith("sm") ? "_" : "") + ending));

        assertThatCode(() -> SupportedGpus.checkKernels(gpu("a GPU", capability), folder))
                .doesNotThrowAnyException();
    }

    @Test
    void kernelsOfALargerMinorNumberAreNotEnough(@TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve("libnvinfer_builder_resource_sm89.so.11.2.1"));

        assertThatThrownBy(() -> SupportedGpus.checkKernels(gpu("RTX 3080", "8.6"), folder))
                .isInstanceOf(TensorRtException.class);
    }

    private static Gpu gpu(String name, String capability) {
        return new Gpu(0, 0, name, "GPU-0", capability, 100, 1L << 33);
    }
}
