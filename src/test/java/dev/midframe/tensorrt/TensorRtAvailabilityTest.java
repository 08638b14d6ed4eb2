package dev.midframe.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.tensorrt.cuda.Gpu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorRtAvailabilityTest {

    private static final Gpu H200 = new Gpu(0, "NVIDIA H200", "00", "9.0", 132, 150_000_000_000L);

    @Test
    void librariesWithoutKernelsForTheGpuAreToldWithTheRemedy(@TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve("libnvinfer_builder_resource_ptx.so.11.2.1"));
        Files.createFile(folder.resolve("libnvinfer_builder_resource_sm86.so.11.2.1"));
        assertThatThrownBy(() -> TensorRtAvailability.kernels(folder, H200))
                .isInstanceOf(TensorRtException.class)
                .hasMessage("the TensorRT in " + folder + " cannot build engines for the NVIDIA H200, because it has no"
                        + " libnvinfer_builder_resource_sm90.so: install NVIDIA's own package, or run ./midframe"
                        + " tensorrt install and have MIDFRAME_TENSORRT name the folder that it prints");
    }

    @ParameterizedTest
    @ValueSource(strings = {"libnvinfer_builder_resource_sm90.so.11.2.1", "libnvinfer_builder_resource.so.10.6.0"})
    void librariesWithKernelsForTheGpuAreEnough(String library, @TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve(library));
        assertThat(TensorRtAvailability.kernels(folder, H200)).isEqualTo(file);
    }

    @Test
    void namesEverythingThatIsMissingInOneLineEach(@TempDir Path empty) {
        TensorRtAvailability availability = TensorRtAvailability.probe(Map.of("MIDFRAME_TENSORRT", empty.toString()));

        assertThat(availability.complete()).isFalse();
        assertThat(availability.missing()).anyMatch(line -> line.contains(empty.toString()));
        assertThat(availability.missing()).allMatch(line -> !line.contains("\n"));
        assertThat(availability.remedy()).contains(availability.missing());
    }
}
