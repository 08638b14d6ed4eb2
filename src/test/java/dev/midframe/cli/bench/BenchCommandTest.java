package dev.midframe.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midframe.cli.CommandRun;
import dev.midframe.testkit.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is measured, not how fast it is. */
class BenchCommandTest {

    @TempDir
    private Path folder;

    @Test
    void exactlyTheFramesAskedForAreMeasuredOnBothSides() throws Exception {
        Path clip = film("clip.mp4", 40);
        Path json = folder.resolve("speed.json");

        Program.Result result = Program.run(
                folder,
                "bench",
                "--clips",
                clip.toString(),
                "--frames",
                "10",
                "--size",
                "64x64",
                "--against",
                "minterpolate",
                "--json",
                json.toString());

        assertThat(result.exitCode()).as(result.output()).isZero();
        JsonNode row = new ObjectMapper().readTree(json.toFile()).path(0);
        assertThat(row.path("clip").asText()).isEqualTo("clip.mp4");
        assertThat(row.path("framesOut").asInt()).as("10 and 9 between").isEqualTo(19);
        double ratio = row.path("framesPerSecond").asDouble()
                / row.path("minterpolateFramesPerSecond").asDouble();
        assertThat(row.path("ratio").asDouble()).isEqualTo(ratio).isPositive();
        assertThat(result.output())
                .contains("film-lite")
                .contains(String.format(Locale.ROOT, "all clips together %.2f, median %<.2f", ratio));
    }

    @Test
    void aFolderIsSearchedWholeAlsoBehindLinks() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/deep"));
        Files.move(film("one.mp4", 5), elsewhere.resolve("one.mp4"));
        Path clips = Files.createDirectory(folder.resolve("clips"));
        Files.createSymbolicLink(clips.resolve("linked"), elsewhere.getParent());
        Files.writeString(clips.resolve("LICENSE"), "no film");

        Program.Result result = Program.run(folder, "bench", "--clips", clips.toString(), "--size", "64x64");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).containsPattern("one\\.mp4 +9 ");
    }

    @Test
    void numbersOfThreadsAreComparedWithTheFirst() throws Exception {
        Path json = folder.resolve("cores.json");

        Program.Result result = Program.run(
                folder,
                "bench",
                "--cores",
                "1,2",
                "--depth",
                "1",
                "--frames",
                "6",
                "--size",
                "64x64",
                "--json",
                json.toString());

        assertThat(result.exitCode()).as(result.output()).isZero();
        JsonNode rows = new ObjectMapper().readTree(json.toFile());
        assertThat(rows).hasSize(2);
        assertThat(rows.at("/0/efficiency").asDouble()).isEqualTo(1);
        double speedUp = rows.at("/1/framesPerSecond").asDouble()
                / rows.at("/0/framesPerSecond").asDouble();
        assertThat(rows.at("/1/cores").asInt()).isEqualTo(2);
        assertThat(rows.at("/1/speedUp").asDouble()).isEqualTo(speedUp).isPositive();
        assertThat(rows.at("/1/efficiency").asDouble()).isEqualTo(speedUp / 2);
    }

    @ParameterizedTest
    @CsvSource({
        "'--cores,0', '--cores [0]: each must be 1 to 1024'",
        "'--cores,1,--against,minterpolate', --cores and --against are mutually exclusive"
    })
    void wrongNumbersOfThreadsAreRefused(String options, String reason) {
        CommandRun run = CommandRun.of((Object[]) ("bench," + options).split(","));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors().getFirst()).isEqualTo("midframe: " + reason);
    }

    @ParameterizedTest
    @CsvSource({
        "--size, large, 'large' is not a size; write it as 640x360",
        "--against, butterflow, cannot compare with 'butterflow'; only minterpolate",
        "--clips, nowhere, no folder or video file nowhere: check the path",
        "--clips, docs, 'no video files in docs: names must end in one of 264, 265, avi, h264, m4v, mkv, mov, mp4, mpg, ts, webm, y4m'"
    })
    void aWrongOptionIsAWrongCommand(String option, String value, String reason) {
        CommandRun run = CommandRun.of("bench", option, value);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors().getFirst()).isEqualTo("midframe: " + reason);
    }

    private Path film(String name, int frames) throws Exception {
        Program.Result made = Program.run(
                folder,
                "run",
                "videotestsrc pattern=ball num-buffers=" + frames + " ! video/x-raw,width=64,height=64,framerate=25/1"
                        + " ! x264enc ! mp4mux ! filesink location=" + name);
        assertThat(made.exitCode()).as(made.output()).isZero();
        return folder.resolve(name);
    }
}
