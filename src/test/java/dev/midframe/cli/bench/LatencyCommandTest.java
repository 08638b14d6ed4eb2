package dev.midframe.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midframe.cli.CommandRun;
import dev.midframe.testkit.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped pipelines between the measuring sender and receiver, over the network, with the real engine. */
class LatencyCommandTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"rtp.gst", "browser.gst"})
    void bothWaysAreMeasuredWithTheCodesOfRealFrames(String pipeline) throws Exception {
        Path json = folder.resolve("latency.json");
        String[] arguments = {
            "bench",
            "latency",
            Path.of("pipelines", pipeline).toAbsolutePath().toString(),
            "--size",
            "160x90", // of the shape that browser.gst works in: another one is framed, and codes lie elsewhere
            "--fps",
            "10",
            "--seconds",
            "5",
            "--json",
            json.toString()
        };
        var result = Program.run(folder, arguments);

        assertThat(result.exitCode()).as(result.output()).isZero();
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        // Ten frames a second, give or take what a busy machine holds back, loses or shifts over the edges.
        assertThat(report.at("/without/frames").asInt()).isBetween(1, 100);
        assertThat(report.at("/with/frames").asInt()).isBetween(1, 100);
        assertThat(report.at("/without/generated").asInt()).isZero();
        assertThat(report.at("/with/generated").asInt()).isPositive();
        assertThat(report.at("/without/p50").asDouble()).isBetween(0.1, 5000.0);
        assertThat(report.at("/with/p99").asDouble())
                .isGreaterThanOrEqualTo(report.at("/with/p50").asDouble());
        assertThat(result.output()).contains("without midframe", "with midframe", "added");
    }

    @Test
    void theEngineAloneIsMeasuredAtThreeSizes() throws Exception {
        Path json = folder.resolve("engine.json");

        var result = Program.run(
                folder, "bench", "latency", "--engine", "--threads", "1", "--seconds", "1", "--json", json.toString());

        assertThat(result.exitCode()).as(result.output()).isZero();
        JsonNode rows = new ObjectMapper().readTree(json.toFile());
        assertThat(rows.findValuesAsText("size")).containsExactly("320x180", "640x360", "1280x720");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.path("pairs").asInt()).isPositive();
            assertThat(row.path("p99").asDouble())
                    .isGreaterThanOrEqualTo(row.path("p50").asDouble())
                    .isPositive();
        });
        assertThat(result.output()).contains("film-lite");
    }

    @Test
    void withoutAPipelineOrTheEngineThereIsNothingToMeasure() {
        CommandRun run = CommandRun.of("bench", "latency");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors().getFirst())
                .isEqualTo("midframe: which pipeline? name a file such as pipelines/rtp.gst, or say --engine");
    }

    @ParameterizedTest
    @CsvSource({"--size, 100", "--size, 321x180", "--fps, 0", "--seconds, 0"})
    void aWrongOptionIsAWrongCommand(String option, String value) {
        CommandRun run = CommandRun.of("bench", "latency", "pipelines/rtp.gst", option, value);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors().getFirst()).startsWith("midframe: ").contains(value);
    }

    @Test
    void aPipelineWithoutMidframeIsRefused() throws Exception {
        CommandRun run = CommandRun.of("bench", "latency", "pipelines/source-rtp.gst");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).containsExactly("midframe: pipelines/source-rtp.gst has no midframe to measure");
    }
}
