package dev.midframe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalCommandTest {

    /** Random weights: measurable, if not good. */
    private static final String MODEL = "src/test/resources/film-lite-golden/weights.safetensors";

    @TempDir
    Path folder;

    @Test
    void twoMiddleburyTripletsAreMeasuredWithTheEngine() throws IOException {
        Path triplets = footage("triplets/middlebury_others");
        Path json = folder.resolve("q.json");
        Path page = folder.resolve("q.html");

        CommandRun run = CommandRun.of(
                "eval", "--triplets", triplets, "--limit", "2", "--model", MODEL, "--json", json, "--report", page);

        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.output())
                .anyMatch(line -> line.startsWith("Beanbags"))
                .anyMatch(line -> line.startsWith("blend "));
        JsonNode result = new ObjectMapper().readTree(json.toFile());
        assertThat(result.at("/sequences")).hasSize(2);
        assertThat(result.at("/overall/0/stillness").asInt(99)).isLessThanOrEqualTo(1);
        assertThat(page).content().contains("data:image/png;base64,");
    }

    @Test
    void aClipsLeftOutFramesAreMeasuredWithTheEngine() {
        Path clip = footage("clips/intel_asl_walk");

        CommandRun run = CommandRun.of(
                "eval", "--clips", clip, "--width", "128", "--limit", "3", "--model", MODEL, "--stills", folder);

        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).anyMatch(line -> line.matches("asl_walk.mkv +128x96 +3 .*"));
        assertThat(folder).isDirectoryContaining("glob:**/asl_walk.mkv.jpg");
    }

    @Test
    void groupsOfClipsWeighTheSameAndAreComparedWithMinterpolate() throws IOException {
        Path json = folder.resolve("q.json");
        Path page = folder.resolve("q.html");
        StringBuilder manifest = new StringBuilder();
        for (String clip : new String[] {"intel_asl_walk/asl_walk.mkv", "intel_asl_book/asl_book.mkv"}) {
            Path file = footage("clips/" + clip);
            Files.copy(file, folder.resolve(file.getFileName()));
            manifest.append("{\"file\": \"%s\", \"group\": \"signing\"},".formatted(file.getFileName()));
        }
        Path flower = footage("clips/h264_flower_720p/flower_720p.264");
        Files.copy(flower, folder.resolve("flower.264"));
        Files.writeString(
                folder.resolve("manifest.json"), "[" + manifest + "{\"file\": \"flower.264\", \"group\": \"flower\"}]");

        CommandRun run = CommandRun.of(
                "eval",
                "--clips",
                folder,
                "--groups",
                "all",
                "--width",
                "128",
                "--limit",
                "2",
                "--model",
                MODEL,
                "--json",
                json,
                "--report",
                page);

        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.output())
                .anyMatch(line -> line.matches("signing +2 .*"))
                .anyMatch(line -> line.matches("flower +1 .*"));
        JsonNode result = new ObjectMapper().readTree(json.toFile());
        double ofGroups = (result.at("/groups/0/methods/0/psnrRgb/mean").asDouble()
                        + result.at("/groups/1/methods/0/psnrRgb/mean").asDouble())
                / 2;
        assertThat(result.at("/groups")).hasSize(2);
        assertThat(result.at("/overall/0/psnrRgb/mean").asDouble()).isCloseTo(ofGroups, within(1e-9));
        assertThat(page).content().contains("PSNR over R, G and B by group");
    }

    @Test
    void aClipThatCannotBeReadIsToldAndTheRunFails() throws IOException {
        Path good = footage("clips/intel_asl_walk/asl_walk.mkv");
        Path bad = Files.writeString(folder.resolve("bad.mkv"), "no video");

        CommandRun run =
                CommandRun.of("eval", "--clips", bad + "," + good, "--width", "128", "--limit", "1", "--model", MODEL);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).hasSize(1).first().asString().contains("not measured: cannot read video from");
        assertThat(run.output()).anyMatch(line -> line.startsWith("asl_walk.mkv"));
    }

    @Test
    void sceneCutsAreMeasuredOnJoinedClips() throws IOException {
        Path json = folder.resolve("cuts.json");
        for (String clip : new String[] {"intel_asl_walk/asl_walk.mkv", "intel_asl_book/asl_book.mkv"}) {
            Path file = footage("clips/" + clip);
            Files.copy(file, folder.resolve(file.getFileName()));
        }

        CommandRun run = CommandRun.of("eval", "--cuts", folder, "--joins", "4", "--json", json);

        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.output().getFirst()).contains("of 4 joins of different clips seen");
        assertThat(new ObjectMapper().readTree(json.toFile()).at("/joins").asInt())
                .isEqualTo(4);
    }

    @Test
    void wrongCommandsAreToldInOneLine() throws IOException {
        Files.writeString(folder.resolve("a.mkv"), "");

        expectWrong("--triplets", "eval");
        expectWrong("no folder", "eval", "--triplets", folder.resolve("missing"));
        expectWrong("no triplets in", "eval", "--triplets", folder);
        expectWrong("no folder or video file", "eval", "--clips", folder.resolve("missing"));
        expectWrong("--limit 0 is less than 1", "eval", "--clips", folder, "--limit", "0");
        expectWrong("--width is for --clips", "eval", "--triplets", folder, "--width", "320");
        expectWrong("--report is not for --cuts", "eval", "--cuts", folder, "--report", folder.resolve("q.html"));
        expectWrong("--stills is not for --cuts", "eval", "--cuts", folder, "--stills", folder);
        expectWrong("joining needs two or more", "eval", "--cuts", folder);
        expectWrong("cannot write", "eval", "--clips", folder, "--json", folder.resolve("missing/q.json"));
        Path inFile = folder.resolve("a.mkv/stills");
        expectWrong("cannot write pictures to " + inFile, "eval", "--clips", folder, "--stills", inFile);
    }

    private static void expectWrong(String message, Object... command) {
        CommandRun run = CommandRun.of(command);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors().getFirst()).startsWith("midframe: ").contains(message);
        assertThat(run.errors()).hasSize(2);
    }

    private static Path footage(String name) {
        String given = System.getenv("MIDFRAME_FOOTAGE");
        Path path = Path.of(given == null ? "../shared/footage" : given).resolve(name);
        assumeTrue(Files.exists(path), "no footage at " + path + ": set MIDFRAME_FOOTAGE");
        return path;
    }
}
