package dev.midframe.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorRtAvailabilityTest {

    @Test
    void namesEverythingThatIsMissingInOneLineEach(@TempDir Path empty) {
        TensorRtAvailability availability = TensorRtAvailability.probe(Map.of("MIDFRAME_TENSORRT", empty.toString()));

        assertThat(availability.complete()).isFalse();
        assertThat(availability.missing()).anyMatch(line -> line.contains(empty.toString()));
        assertThat(availability.missing()).allMatch(line -> !line.contains("\n"));
        assertThat(availability.remedy()).contains(availability.missing());
    }
}
