package dev.midframe.cli.convert;

import static dev.midframe.testkit.Ffmpeg.ffmpeg;
import static dev.midframe.testkit.Ffmpeg.pictures;
import static dev.midframe.testkit.Ffmpeg.probe;
import static dev.midframe.testkit.Ffmpeg.videoTimes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.midframe.cli.CommandRun;
import dev.midframe.testkit.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures without a container, in and out: numbered files, and YUV4MPEG2 on pipes. */
class FramesTest {

    @TempDir
    Path folder;

    @Test
    void numberedPicturesBecomeAFilmOfTheRateThatIsGiven() throws Exception {
        Path stills = stills("in", 6);
        Path output = folder.resolve("out.mkv");
        var run = CommandRun.of("convert", stills, "-o", output, "--in-fps", "10");
        assertThat(run.exitCode()).as("%s", run.errors()).isZero();
        List<Double> times = videoTimes(output);
        assertThat(times).hasSize(11);
        assertThat(times.getLast()).isCloseTo(0.5, within(0.001));
    }

    @Test
    void picturesBecomePicturesAndTheRealOnesStayBitForBit() throws Exception {
        Path stills = stills("in", 4);
        Path pattern = folder.resolve("out/f%03d.png");
        var run = CommandRun.of("convert", stills.resolve("p%04d.png"), "-o", pattern, "--in-fps", "24");
        assertThat(run.exitCode()).as("%s", run.errors()).isZero();
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted())
                    .containsExactly(
                            "f001.png",
                            "f002.png",
                            "f003.png",
                            "f004.png",
                            "f005.png",
                            "f006.png",
                            "f007.png",
                            "f008.png");
        }
        for (int i = 0; i < 4; i++) {
            String before = String.format("p%04d.png", i + 1);
            String after = String.format("f%03d.png", 2 * i + 1);
            assertThat(pictures(folder.resolve("out").resolve(after))).isEqualTo(pictures(stills.resolve(before)));
        }
        assertThat(folder.resolve("out.part")).doesNotExist();

        var again = CommandRun.of("convert", stills, "-o", pattern, "--in-fps", "24");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.errors().getLast()).contains("is not empty; name a new folder for the pictures");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yuv420p", "yuv420p10le"})
    void whatComesByAPipeLeavesByAPipe(String pixels) throws Exception {
        Path in = folder.resolve("in.y4m");
        Path out = folder.resolve("out.y4m");
        ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=98x62:rate=25",
                "-frames:v",
                "5",
                "-pix_fmt",
                pixels,
                "-strict",
                "-1",
                in.toString());
        int exitCode = Program.builder(folder, "convert", "-", "-o", "-")
                .redirectErrorStream(false)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("said").toFile())
                .start()
                .waitFor();
        assertThat(exitCode).as(Files.readString(folder.resolve("said"))).isZero();
        String shape = "stream=width,height,pix_fmt,r_frame_rate";
        assertThat(probe(out, "v:0", shape)).containsExactly("98,62," + pixels + ",50/1");
        List<String> before = pictures(in);
        List<String> after = pictures(out);
        assertThat(after).hasSize(10);
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(2 * i)).as("picture %d", i).isEqualTo(before.get(i));
        }
    }

    @Test
    void soundOfAFilmThatBecomesPicturesIsLeftOutAndThatIsSaid() throws Exception {
        Path film = folder.resolve("film.mkv");
        ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=64x48:rate=25:duration=0.2",
                "-f",
                "lavfi",
                "-i",
                "sine=duration=0.2",
                film.toString());
        var run = CommandRun.of("convert", film, "-o", folder.resolve("out/%d.png"));
        assertThat(run.exitCode()).as("%s", run.errors()).isZero();
        assertThat(run.errors()).anyMatch(line -> line.contains("is left out: pictures alone are written"));
        assertThat(folder.resolve("out/10.png")).exists();
    }

    @Test
    void whatIsMissingIsSaidInOneLine() throws Exception {
        Path stills = stills("in", 4);
        Path out = folder.resolve("out.mp4");
        assertRefused("which have no rate; give one, such as --in-fps 24", stills, "-o", out);
        assertRefused("where do the pictures of", stills.resolve("p%04d.png"), "--in-fps", "24");
        assertRefused("there is no picture", stills.resolve("q%04d.png"), "-o", out, "--in-fps", "24");
        assertRefused("numbered pictures are .png", stills, "-o", folder.resolve("out/%d.bmp"), "--in-fps", "24");
        assertRefused("would both write to standard output", stills, "-o", "-", "--json", "--in-fps", "24");
        Files.delete(stills.resolve("p0003.png"));
        assertRefused("picture 3 is missing before 4", stills, "-o", out, "--in-fps", "24");
        Files.writeString(stills.resolve("p0003.png"), "no picture");
        var run = CommandRun.of("convert", stills, "-o", folder.resolve("out/%d.png"), "--in-fps", "24");
        assertThat(run.exitCode()).as("%s", run.errors()).isEqualTo(1);
        assertThat(run.errors().getLast()).contains("only 3 of 4 pictures could be decoded");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(stills);
        }
    }

    private static void assertRefused(String said, Object... words) {
        var run = CommandRun.of(
                Stream.concat(Stream.of("convert"), Stream.of(words)).toArray());
        assertThat(run.exitCode()).as(said).isIn(1, 2);
        assertThat(run.errors().getFirst()).startsWith("midframe: ").contains(said);
    }

    private Path stills(String name, int count) throws IOException, InterruptedException {
        Path stills = Files.createDirectory(folder.resolve(name));
        ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=98x61:rate=25",
                "-frames:v",
                Integer.toString(count),
                stills.resolve("p%04d.png").toString());
        return stills;
    }
}
