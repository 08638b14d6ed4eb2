package dev.midframe.cli.convert;

import static dev.midframe.testkit.Ffmpeg.ffmpeg;
import static dev.midframe.testkit.Ffmpeg.videoTimes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.cli.CommandRun;
import dev.midframe.testkit.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be converted is told in one line, and nothing half-written looks whole. */
class ConvertFailuresTest {

    @TempDir
    Path folder;

    @Test
    void existingFileIsKeptUnlessItIsToBeReplaced() throws Exception {
        Path film = film("film.mkv", 5);
        Path output = Files.writeString(folder.resolve("out.mkv"), "yesterday's");
        var refused = CommandRun.of("convert", film, "-o", output);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.errors())
                .containsExactly("midframe: " + output + " exists already; --overwrite replaces it");

        Path broken = Files.writeString(folder.resolve("broken.mkv"), "no film");
        for (List<Object> words : List.<List<Object>>of(
                List.of("convert", broken, "-o", output, "--overwrite"),
                List.of("convert", film, "-o", output, "--overwrite", "--model", "none-such"))) {
            assertThat(CommandRun.of(words.toArray()).exitCode()).isEqualTo(1);
            assertThat(output).hasContent("yesterday's");
        }

        assertThat(CommandRun.of("convert", film, "-o", output, "--overwrite").exitCode())
                .isZero();
        assertThat(videoTimes(output)).hasSize(9);
    }

    @Test
    void whatCannotBeIsSaidInOneLine() throws Exception {
        Path film = film("film.mkv", 5);
        Path sound = folder.resolve("sound.mp4");
        ffmpeg("-f", "lavfi", "-i", "sine=duration=0.2", sound.toString());
        Path text = Files.writeString(folder.resolve("text.mp4"), "not a video\n");
        Path animation = folder.resolve("animation.apng");
        ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=64x48:rate=10",
                "-frames:v",
                "3",
                "-f",
                "apng",
                animation.toString());
        assertRefused(film, "out.xyz", "its ending names no container", ".mp4, .mov, .mkv, .webm");
        assertRefused(film, "out.webm --codec h264", "a .webm file cannot hold h264; choose --codec av1, vp9");
        assertRefused(film, "film.mkv --overwrite", "is the input; choose another name");
        assertRefused(film, "none/out.mkv", "there is no folder");
        assertRefused(folder.resolve("missing.mkv"), "out.mkv", "there is no such file");
        assertRefused(sound, "out.mp4", "has no video track; nothing to interpolate");
        assertRefused(text, "out.mp4", "is no film that can be read");
        assertRefused(
                animation, "out.mp4", "an animation that GStreamer does not play (apng); make a film of it first");
        assertRefused(film, "out.mkv --fps 60 --factor 2", "exclude each other");
        assertRefused(film, "out.mkv --fps 5000", "--fps 5000 is above 1000");
        assertRefused(film, "out.mkv --factor 1/2", "--factor 1/2 is not between 1 and 16");
        assertRefused(folder, "out.mkv", "cannot become the file", "name a folder");
        assertRefused(folder, "text.mp4", "cannot become the file", "name a folder");
        assertRefused(film, "out.mkv --fps fast", "'fast' is no number; write 60, 59.94 or 60000/1001");
        assertThat(folder).isDirectoryContaining(file -> file.equals(film));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(film, sound, text, animation);
        }
    }

    @Test
    void otherFilmsGoOnWhereOneIsBad() throws Exception {
        Path in = Files.createDirectory(folder.resolve("in"));
        Path out = folder.resolve("new/out");
        Files.move(film("a.mkv", 3), in.resolve("a.mkv"));
        Files.writeString(in.resolve("b.mkv"), "no film");
        Files.move(film("c.avi", 3), in.resolve("c.avi"));
        var run = CommandRun.of("convert", in, "-o", out, "--json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).hasSize(3);
        assertThat(run.output().get(0)).contains("\"ok\":true", "\"framesOut\":5");
        assertThat(run.output().get(1)).contains("\"ok\":false", "b.mkv is no film that can be read");
        assertThat(run.errors())
                .anyMatch(line -> line.startsWith("midframe: " + in.resolve("b.mkv") + " is no film that can be read"));
        assertThat(run.errors().getLast()).isEqualTo("midframe: 2 of 3 films converted, 1 failed");
        assertThat(videoTimes(out.resolve("a.mkv"))).hasSize(5);
        assertThat(videoTimes(out.resolve("c.mp4"))).hasSize(5);
    }

    @Test
    void nameOfAFilmAloneMakesASmootherOneBesideIt() throws Exception {
        film("holiday.mkv", 3);
        var result = Program.run(folder, "holiday.mkv");
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(videoTimes(folder.resolve("holiday-2x.mkv"))).hasSize(5);
    }

    @Test
    void printedPipelineRuns() throws Exception {
        Path film = film("film.mkv", 3);
        var printed = CommandRun.of("convert", film, "-o", folder.resolve("out.mp4"), "--print");
        assertThat(printed.exitCode()).isZero();
        var run = CommandRun.of("run", String.join("\n", printed.output()));
        assertThat(run.exitCode()).as("%s", run.errors()).isZero();
        assertThat(videoTimes(folder.resolve("out.mp4.pictures.mkv"))).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void signalLeavesNothing(String signal) throws Exception {
        Process process = stopped(signal, "out.mp4");
        assertThat(process.exitValue()).isEqualTo(signal.equals("INT") ? 130 : 143);
        assertThat(folder.resolve("out.mp4")).doesNotExist();
        assertThat(folder.resolve("out.mp4.part")).doesNotExist();
    }

    @Test
    void partIsKeptPlayableWhereThatIsAskedFor() throws Exception {
        stopped("TERM", "out.mp4", "--keep-partial");
        assertThat(folder.resolve("out.mp4")).doesNotExist();
        assertThat(videoTimes(folder.resolve("out.mp4.part"))).isNotEmpty();
    }

    @Test
    void fullDiskLeavesNothing() throws Exception {
        // What is written there fails as on a full disk.
        Files.createSymbolicLink(folder.resolve("out.mp4.part"), Path.of("/dev/full"));
        var run = CommandRun.of("convert", noise(40), "-o", folder.resolve("out.mp4"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors().getLast())
                .isEqualTo("midframe: cannot write " + folder.resolve("out.mp4.part") + ": No space left on device");
        assertThat(folder.resolve("out.mp4")).doesNotExist();
        assertThat(Files.isSymbolicLink(folder.resolve("out.mp4.part"))).isFalse();
    }

    /** Stops a conversion once its output has begun, and waits for its end. */
    private Process stopped(String signal, String output, String... options) throws IOException, InterruptedException {
        Path film = noise(2000);
        try (WatchService watch = folder.getFileSystem().newWatchService()) {
            folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            List<String> words = new ArrayList<>(List.of("convert", film.toString(), "-o", output));
            words.addAll(List.of(options));
            Process process = Program.builder(folder, words.toArray(String[]::new))
                    .redirectOutput(folder.resolve("said").toFile())
                    .start();
            boolean begun = false;
            while (!begun && process.isAlive()) {
                var key = watch.take();
                begun = key.pollEvents().stream()
                        .anyMatch(event -> String.valueOf(event.context()).equals(output + ".part")
                                && event.kind() == StandardWatchEventKinds.ENTRY_MODIFY
                                && folder.resolve(output + ".part").toFile().length() > 0);
                key.reset();
            }
            assertThat(begun).as(Files.readString(folder.resolve("said"))).isTrue();
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            process.waitFor();
            return process;
        }
    }

    private void assertRefused(Path input, String output, String... said) {
        List<Object> words = new ArrayList<>(List.of("convert", input, "-o"));
        String[] parts = output.split(" ");
        words.add(folder.resolve(parts[0]));
        words.addAll(List.of(parts).subList(1, parts.length));
        var run = CommandRun.of(words.toArray());
        assertThat(run.exitCode()).as(output).isIn(1, 2);
        assertThat(run.errors().getFirst()).startsWith("midframe: ").contains(said);
    }

    private Path film(String name, int frames) throws IOException, InterruptedException {
        Path film = folder.resolve(name);
        ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=160x120:rate=25",
                "-frames:v",
                Integer.toString(frames),
                "-c:v",
                "mpeg4",
                film.toString());
        return film;
    }

    /** It cannot be made small. */
    private Path noise(int frames) throws IOException, InterruptedException {
        Path film = folder.resolve("noise.mkv");
        ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "nullsrc=size=160x120:rate=25,noise=all_seed=1:alls=60:allf=t",
                "-frames:v",
                Integer.toString(frames),
                "-c:v",
                "mjpeg",
                "-q:v",
                "5",
                film.toString());
        return film;
    }
}
