package dev.midframe.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.interpolation.FrameKind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ServerMetricsTest {
    private final ServerMetrics metrics = new ServerMetrics();

    @Test
    void enginesAreCountedWhenTheyAreBuilt() {
        assertThat(text()).contains("midframe_engine_builds_total 0.0").contains("midframe_engine_build_ratio 1.0");
        metrics.engineBuild(0.25);
        assertThat(text()).contains("midframe_engine_builds_total 0.0").contains("midframe_engine_build_ratio 0.25");
        metrics.engineBuild(1);
        assertThat(text()).contains("midframe_engine_builds_total 1.0").contains("midframe_engine_build_ratio 1.0");
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

    private String text() {
        return new String(metrics.text(), StandardCharsets.UTF_8);
    }
}
