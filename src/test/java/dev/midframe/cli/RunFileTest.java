package dev.midframe.cli;

import static dev.midframe.testkit.Ffmpeg.ffmpeg;
import static dev.midframe.testkit.Ffmpeg.probe;
import static dev.midframe.testkit.Ffmpeg.videoTimes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.midframe.testkit.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job, as a user runs it: a file in, a smoother one out, read back by another program. */
class RunFileTest {

    private static final String TO_FILE = "! x264enc ! mp4mux ! filesink location=out.mp4";

    @TempDir
    Path folder;

    @Test
    void realClipWithSoundLeavesAtTwiceItsRateWithItsSoundUntouched() throws Exception {
        Path clip = excerpt("sam2_dog", 1.2);
        Path output = convert(clip);

        List<Double> before = videoTimes(clip);
        List<Double> after = videoTimes(output);
        assertThat(after).hasSize(2 * before.size() - 1);
        for (int i = 0; i + 1 < before.size(); i++) {
            assertThat(after.get(2 * i)).as("frame %d", i).isCloseTo(before.get(i), within(0.0005));
            assertThat(after.get(2 * i + 1))
                    .as("between frames %d and %d", i, i + 1)
                    .isCloseTo((before.get(i) + before.get(i + 1)) / 2, within(0.0005));
        }
        assertThat(probe(output, "v:0", "stream=codec_name,width,height,r_frame_rate"))
                .containsExactly("h264,1280,720,60000/1001");
        assertThat(soundHeardFrom(output)).isNotEmpty().isEqualTo(soundHeardFrom(clip));
    }

    @Test
    void fullRangeCameraFileKeepsItsRange() throws Exception {
        Path clip = excerpt("gopro_karma_drone", 0.7);
        Path output = convert(clip);
        assertThat(videoTimes(output)).hasSize(2 * videoTimes(clip).size() - 1);
        assertThat(probe(output, "v:0", "stream=color_range")).isEqualTo(probe(clip, "v:0", "stream=color_range"));
    }

    @Test
    void fileWithoutSoundIsConverted() throws Exception {
        Path output = convert(film("silent.mp4", "320x180", 30));
        assertThat(videoTimes(output)).hasSize(59);
        assertThat(probe(output, "a", "stream=codec_name")).isEmpty();
    }

    @Test
    void oddSizeIsConverted() throws Exception {
        Path clip = folder.resolve("odd.mkv");
        ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=427x241:rate=25",
                "-frames:v",
                "8",
                "-c:v",
                "ffv1",
                "-pix_fmt",
                "yuv444p",
                clip.toString());
        assertThat(videoTimes(convert(clip))).hasSize(15);
    }

    @Test
    void oneFrameStaysOneFrame() throws Exception {
        assertThat(videoTimes(convert(film("one.mp4", "320x180", 1)))).hasSize(1);
    }

    @Test
    void missingInputIsOneLine() throws Exception {
        var result = Program.run(
                folder,
                "run",
                "${pipelines}/file.gst".replace("${pipelines}", pipelines()),
                "input=no.mp4",
                "output=out.mp4");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("midframe: cannot read the input no.mp4: there is no such file");
        assertThat(folder.resolve("out.mp4")).doesNotExist();
    }

    @Test
    void fileWithoutVideoIsToldAndLeavesNothing() throws Exception {
        Path sound = folder.resolve("sound.mp4");
        ffmpeg("-f", "lavfi", "-i", "sine", "-t", "1", "-c:a", "aac", sound.toString());
        assertFailure(sound, "no video stream");
    }

    @Test
    void fileThatIsNoVideoIsToldAndLeavesNothing() throws Exception {
        assertFailure(Files.writeString(folder.resolve("letter.mp4"), "Dear reader,\n".repeat(1000)), "midframe: ");
    }

    @Test
    void truncatedFileEndsPlayableOrNotAtAll() throws Exception {
        Path whole = film("whole.mkv", "320x180", 60);
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.mkv"), java.util.Arrays.copyOf(bytes, bytes.length * 2 / 3));
        Path output = folder.resolve("out.mp4");
        Program.run(folder, "run", pipelines() + "/file.gst", "input=" + cut, "output=" + output);
        if (Files.exists(output)) {
            assertThat(videoTimes(output)).hasSizeGreaterThan(20);
        }
    }

    @Test
    void filmWhoseEndIsMissingIsConvertedAndTold() throws Exception {
        Path whole = folder.resolve("whole.mp4");
        ffmpeg(
                "-i",
                film("film.mp4", "64x64", 150).toString(),
                "-c",
                "copy",
                "-movflags",
                "faststart",
                whole.toString());
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.mp4"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        Path output = folder.resolve("out.mp4");
        var result = Program.run(folder, "run", pipelines() + "/file.gst", "input=" + cut, "output=" + output);
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).contains("s of 5.0 s: its end may be cut off");
        assertThat(videoTimes(output).size()).isBetween(1, 297);
    }

    @Test
    void wrongFactorIsAWrongCommand() throws Exception {
        Path clip = film("film.mp4", "320x180", 3);
        var result =
                Program.run(folder, "run", pipelines() + "/file.gst", "input=" + clip, "output=out.mp4", "factor=zero");
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.output()).contains("factor");
        assertThat(folder.resolve("out.mp4")).doesNotExist();
    }

    @Test
    void unknownModelIsToldAndLeavesNothing() throws Exception {
        Path clip = film("film.mp4", "320x180", 3);
        var result = Program.run(
                folder, "run", pipelines() + "/file.gst", "input=" + clip, "output=out.mp4", "model=nonesuch");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("nonesuch").contains("film-lite");
        assertThat(folder.resolve("out.mp4")).doesNotExist();
    }

    @Test
    void fullDiskIsTold() throws Exception {
        Path clip = film("film.mp4", "320x180", 3);
        var result = Program.run(folder, "run", pipelines() + "/file.gst", "input=" + clip, "output=/dev/full");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("midframe: filesink: ").contains("No space left");
    }

    @Test
    void filmGivenAsThePipelineIsToldHowToConvertIt() throws Exception {
        Path clip = film("film.mp4", "320x180", 3);
        var result = Program.run(folder, "run", clip.toString());
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output()).contains("pipelines/file.gst input=" + clip);
    }

    @Test
    void streamWithoutAFrameFailsAndLeavesNothing() throws Exception {
        var result = Program.run(folder, "run", "videotestsrc num-buffers=0 ! midframe " + TO_FILE);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("midframe: no frame of video came");
        assertThat(folder.resolve("out.mp4")).doesNotExist();
    }

    @Test
    void stoppedBeforeTheFirstFrameLeavesNothing() throws Exception {
        Process process = Program.start(
                folder,
                "run",
                "udpsrc port=0 caps=video/x-raw,format=I420,width=64,height=64,framerate=30/1 ! midframe " + TO_FILE);
        awaitProgress(process, "s of film");
        signal(process, "TERM");
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(folder.resolve("out.mp4")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void signalFinalizesTheFile(String signal) throws Exception {
        Path clip = film("long.mp4", "320x180", 900);
        Path output = folder.resolve("out.mp4");
        Process process = Program.start(folder, "run", pipelines() + "/file.gst", "input=" + clip, "output=" + output);
        // Something has been encoded: from then on the file holds something to finalize.
        awaitProgress(process, "[1-9][0-9]*/30 s of film");
        signal(process, signal);
        assertThat(process.waitFor()).isZero();
        assertThat(videoTimes(output)).isNotEmpty();
        assertThat(videoTimes(output).size()).isLessThan(1799);
    }

    /** Waits for what matches on the terminal; what comes after it is read and dropped, so that nothing holds up the program. */
    private static void awaitProgress(Process process, String pattern) throws IOException {
        var reader = process.inputReader();
        assertThat(new Scanner(reader).findWithinHorizon(pattern, 0)).isNotNull();
        Thread.ofVirtual().start(() -> reader.lines().forEach(line -> {}));
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-s", name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private void assertFailure(Path input, String message) throws IOException, InterruptedException {
        var result = Program.run(folder, "run", pipelines() + "/file.gst", "input=" + input, "output=out.mp4");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains(message).doesNotContain("Exception");
        assertThat(folder.resolve("out.mp4")).doesNotExist();
    }

    private Path convert(Path input) throws IOException, InterruptedException {
        Path output = folder.resolve("out.mp4");
        var result = Program.run(folder, "run", pipelines() + "/file.gst", "input=" + input, "output=" + output);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return output;
    }

    private Path film(String name, String size, int frames) throws IOException, InterruptedException {
        Path file = folder.resolve(name);
        ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=" + size + ":rate=30",
                "-frames:v",
                Integer.toString(frames),
                "-pix_fmt",
                "yuv420p",
                file.toString());
        return file;
    }

    /** The first seconds of a real clip, its packets copied. */
    private Path excerpt(String clip, double seconds) throws IOException, InterruptedException {
        String footage = System.getenv().getOrDefault("MIDFRAME_FOOTAGE", "../shared/footage");
        Path source = Path.of(footage, "clips", clip);
        assumeThat(source).as("footage for this test: set MIDFRAME_FOOTAGE").isDirectory();
        try (Stream<Path> files = Files.list(source)) {
            Path file = files.filter(path -> path.toString().endsWith(".mp4"))
                    .findFirst()
                    .orElseThrow();
            Path excerpt = folder.resolve(clip + ".mp4");
            ffmpeg(
                    "-i",
                    file.toString(),
                    "-t",
                    Double.toString(seconds),
                    "-map",
                    "0:v:0",
                    "-map",
                    "0:a?",
                    "-c",
                    "copy",
                    excerpt.toString());
            return excerpt;
        }
    }

    /** Time and content of every sound packet that is presented: an encoder's priming before time 0 is not. */
    private static List<String> soundHeardFrom(Path file) throws IOException, InterruptedException {
        return probe(file, "a:0", "packet=pts_time,data_hash").stream()
                .filter(line -> Character.isDigit(line.charAt(0)))
                .toList();
    }

    private static String pipelines() {
        return Path.of(System.getProperty("user.dir"), "pipelines").toString();
    }
}
