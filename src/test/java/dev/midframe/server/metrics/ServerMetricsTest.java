package dev.midframe.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.interpolation.FrameKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ServerMetricsTest {
    private final ServerMetrics metrics = new ServerMetrics();

    @Test
    void areAllInTheManualAndNoOthers() throws IOException {
        assertThat(names("docs/reference/metrics.md", "`(midframe_[a-z_]+?)(?:_total)?[`{]"))
                .isEqualTo(names(
                        "src/main/java/dev/midframe/server/metrics/ServerMetrics.java", "\"(midframe_[a-z_]+)\""));
    }

    @Test
    void enginesAreCountedWhenTheyAreBuilt() {
        assertThat(text()).contains("midframe_engine_builds_total 0.0").contains("midframe_engine_build_ratio 1.0");
        metrics.engineBuild(0.25);
        assertThat(text()).contains("midframe_engine_builds_total 0.0").contains("midframe_engine_build_ratio 0.25");
        metrics.engineBuild(1);
        assertThat(text()).contains("midframe_engine_builds_total 1.0").contains("midframe_engine_build_ratio 1.0");
    }

    @Test
    void aGpuThatFailedIsCountedAndOneThatIsLostStaysLost() {
        assertThat(text()).contains("midframe_gpu_failures_total 0.0").contains("midframe_gpu_lost 0.0");
        metrics.gpuFailed(false);
        assertThat(text()).contains("midframe_gpu_failures_total 1.0").contains("midframe_gpu_lost 0.0");
        metrics.gpuFailed(true);
        metrics.gpuFailed(false);
        assertThat(text()).contains("midframe_gpu_failures_total 3.0").contains("midframe_gpu_lost 1.0");
    }

    @Test
    void whatIsLeftOutIsCountedByReason() {
        StreamMeter meter = new StreamMeter("cam", metrics, 0);
        meter.frame(FrameKind.SKIPPED, 0);
        meter.frame(FrameKind.LATE, 0);
        meter.frame(FrameKind.LATE, 0);
        assertThat(text())
                .contains("midframe_frames_skipped_total{reason=\"overload\",stream=\"cam\"} 1.0")
                .contains("midframe_frames_skipped_total{reason=\"late\",stream=\"cam\"} 2.0");
    }

    @Test
    void theProcessAndTheVersionAreAmongTheFigures() {
        metrics.build("1.2.3");
        assertThat(text())
                .contains("midframe_build_info{version=\"1.2.3\"} 1")
                .containsPattern("(?m)^process_cpu_seconds_total \\d")
                .containsPattern("(?m)^process_resident_memory_bytes [1-9]")
                .containsPattern("(?m)^jvm_memory_used_bytes\\{area=\"heap\"} [1-9]")
                .containsPattern("(?m)^jvm_threads_current [1-9]");
    }

    private String text() {
        return new String(metrics.text(), StandardCharsets.UTF_8);
    }

    private static Set<String> names(String file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(Path.of(file)))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
