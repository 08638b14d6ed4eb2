package dev.midframe.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorRtAvailabilityTest {

    @Test
    void aDriverThatIsTooOldForTheInstalledLibrariesIsToldWithBothRemedies() {
        assertThatThrownBy(() -> TensorRtAvailability.fit("12.6", "11.2.1"))
                .isInstanceOf(TensorRtException.class)
                .hasMessage("TensorRT 11.2.1 as installed here needs a driver for CUDA 13, this one is for CUDA 12.6:"
                        + " update the driver, or run ./midframe tensorrt install --version 10.6-1.5.11");
        assertThatCode(() -> TensorRtAvailability.fit("13.0", "11.2.1")).doesNotThrowAnyException();
        assertThatCode(() -> TensorRtAvailability.fit("12.6", "10.6.0")).doesNotThrowAnyException();
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
