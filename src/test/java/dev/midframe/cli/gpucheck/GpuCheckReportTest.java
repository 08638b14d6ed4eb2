package dev.midframe.cli.gpucheck;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midframe.cli.gpucheck.GpuCheckRow.Outcome;
import dev.midframe.engine.check.FrameComparison;
import dev.midframe.film.graph.Precision;
import dev.midframe.film.model.FilmConfig;
import dev.midframe.film.model.FilmModels;
import dev.midframe.tensorrt.measure.GpuMeasurement;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code gpu-check} prints and writes, and which models it takes. */
class GpuCheckReportTest {

    private static final GpuMeasurement MEASUREMENT = new GpuMeasurement(
            "TensorRT", "I420", true, 91.5, 0.75, 3L << 30, 0.25, 4, 12, 0.5, 16, 18.25, 58.8, 250, 0.5);

    private static final GpuCheckRow GOOD =
            GpuCheckRow.of("film", "1920x1080", Precision.FP16, MEASUREMENT, new FrameComparison(52, 47, 33));
    private static final GpuCheckRow TOO_FAR =
            GpuCheckRow.of("film", "1920x1080", Precision.FP32, MEASUREMENT, new FrameComparison(52, 47, 33));
    private static final GpuCheckRow NO_MEMORY = new GpuCheckRow(
            "film", "3840x2160", Precision.FP16, Outcome.NO_MEMORY, null, null, "9 GiB are needed and 8 GiB are free");
    private static final GpuCheckRow FAILED = new GpuCheckRow(
            "film", "640x360", Precision.FP16, Outcome.FAILED, MEASUREMENT, null, "the CPU has no such model");

    @Test
    void eachFigureStandsUnderItsHeading() {
        List<String> lines = printed(GOOD);
        List<String> heads = List.of(lines.getFirst()
                .replace("x 33.3", "ratio")
                .replace("open s", "open")
                .replace("again s", "again")
                .strip()
                .split(" +"));
        List<String> figures = List.of(lines.get(1).strip().split(" +"));

        // The precision's column has no heading.
        assertThat(figures).hasSize(heads.size() + 1);
        assertThat(figures.get(heads.indexOf("features") + 1)).isEqualTo("4.00");
        assertThat(figures.get(heads.indexOf("pair") + 1)).isEqualTo("12.00");
        assertThat(figures.get(heads.indexOf("up") + 1)).isEqualTo("0.25");
        assertThat(figures.get(heads.indexOf("down") + 1)).isEqualTo("0.50");
        assertThat(figures.get(heads.indexOf("median") + 1)).isEqualTo("16.00");
        assertThat(figures.get(heads.indexOf("p99") + 1)).isEqualTo("18.25");
        assertThat(figures.get(heads.indexOf("ratio") + 1))
                .as("33.3 ms by the median")
                .isEqualTo("2.08");
        assertThat(figures.get(heads.indexOf("pairs/s") + 1)).isEqualTo("58.8");
        assertThat(figures.get(heads.indexOf("TFLOPS") + 1)).isEqualTo("250");
        assertThat(figures.get(heads.indexOf("share") + 1)).isEqualTo("50%");
        assertThat(figures.get(heads.indexOf("MiB") + 1)).isEqualTo("3072");
        assertThat(figures.get(heads.indexOf("open") + 1)).isEqualTo("91.5");
        assertThat(figures.get(heads.indexOf("again") + 1)).isEqualTo("0.8");
        assertThat(figures.getLast()).isEqualTo("52/47/33");
    }

    @Test
    void whatIsWrongStandsAtTheEndOfItsRow() {
        List<String> lines = printed(TOO_FAR, NO_MEMORY, FAILED);

        assertThat(lines.get(1)).endsWith("TOO FAR FROM THE CPU'S");
        assertThat(lines.get(2)).endsWith("left out: 9 GiB are needed and 8 GiB are free");
        assertThat(lines.get(3)).contains(" 16.00 ").endsWith("FAILED: the CPU has no such model");
    }

    @Test
    void onlyASizeWithoutMemoryIsLeftOutWithoutHarm() {
        assertThat(GOOD.acceptable()).isTrue();
        assertThat(NO_MEMORY.acceptable()).isTrue();
        assertThat(TOO_FAR.acceptable()).isFalse();
        assertThat(FAILED.acceptable()).isFalse();
    }

    @Test
    void theJsonHasTheMachineAndEveryRow(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("gpu.json");
        new GpuCheckResult(
                        "2026-01-01T00:00:00Z",
                        List.of("GPU 0: Some"),
                        0,
                        "level 3",
                        Double.NaN,
                        GpuCheckRow.TARGET_MILLIS,
                        List.of(GOOD, NO_MEMORY))
                .write(file);

        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.at("/machine/0").asText()).isEqualTo("GPU 0: Some");
        assertThat(json.at("/matrixProductTflops").asText()).isEqualTo("NaN");
        assertThat(json.at("/rows/0/measurement/computeMedianMillis").asDouble())
                .isEqualTo(16);
        assertThat(json.at("/rows/0/comparison/cornerDecibels").asDouble()).isEqualTo(47);
        assertThat(json.at("/rows/1/outcome").asText()).isEqualTo("NO_MEMORY");
        assertThat(json.at("/rows/1/failure").asText()).isEqualTo(NO_MEMORY.failure());
    }

    @Test
    void sizesThatMatterButHaveNoWeightsAreMadeWithRandomOnes(@TempDir Path none) throws IOException {
        FilmModels shipped = new FilmModels(none);
        Path made;
        try (GpuCheckModels models = new GpuCheckModels(shipped)) {
            assertThat(models.names()).contains("film-lite", "film-base-gpu", "published");
            assertThat(models.find("film-lite")).isEqualTo("film-lite");
            made = Path.of(models.find("published"));
            assertThat(shipped.find(made.toString()).config()).isEqualTo(FilmConfig.PUBLISHED);
            if (!shipped.names().contains("film-base-gpu")) {
                FilmConfig base = shipped.find(models.find("film-base-gpu")).config();
                assertThat(base.work(1920, 1080)).isLessThan(FilmConfig.PUBLISHED.work(1920, 1080) / 4);
            }
        }
        assertThat(made).doesNotExist();
    }

    private static List<String> printed(GpuCheckRow... rows) {
        StringWriter text = new StringWriter();
        GpuCheckTable table = new GpuCheckTable(new PrintWriter(text));
        table.head();
        List.of(rows).forEach(table::print);
        return text.toString().lines().toList();
    }
}
