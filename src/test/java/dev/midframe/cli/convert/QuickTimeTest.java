package dev.midframe.cli.convert;

import static dev.midframe.testkit.Ffmpeg.ffmpeg;
import static dev.midframe.testkit.Ffmpeg.probe;
import static dev.midframe.testkit.Ffmpeg.videoTimes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.midframe.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MP4s and MOVs that were cut without encoding, or whose tracks are of very different lengths. */
class QuickTimeTest {

    @TempDir
    Path folder;

    private Path film;

    @BeforeEach
    void makeFilm() throws Exception {
        film = folder.resolve("film.mp4");
        ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=160x120:rate=25:duration=3",
                "-f",
                "lavfi",
                "-i",
                "sine=duration=3",
                "-c:v",
                "libx264",
                "-g",
                "60",
                "-bf",
                "3",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "aac",
                film.toString());
    }

    @ParameterizedTest
    @CsvSource({"0.9, 0.8, 0", "0.3, 0.2, 90", "0, 0.2, 0", "1.5, 9, 180"})
    void cutFilmHasAllPicturesThatWereShownAndTheSoundBesideThem(String from, String length, String turned)
            throws Exception {
        Path cut = folder.resolve("cut.mp4");
        ffmpeg(
                "-ss",
                from,
                "-t",
                length,
                "-i",
                film.toString(),
                "-c",
                "copy",
                "-metadata:s:v",
                "rotate=" + turned,
                cut.toString());
        List<Double> shown = shown(cut, "v:0");
        List<Double> heard = shown(cut, "a:0");
        for (String name : List.of("out.mp4", "out.mkv")) {
            Path output = converted(cut, name);
            List<Double> times = videoTimes(output);
            assertThat(times).as(name).hasSize(2 * shown.size() - 1);
            assertThat(times.getLast() - times.getFirst()).isCloseTo(shown.getLast() - shown.getFirst(), within(0.002));
            List<Double> sound = shown(output, "a:0");
            assertThat(sound.getLast() - times.getFirst()).isCloseTo(heard.getLast() - shown.getFirst(), within(0.003));
            // The encoder's padding of an uncut beginning is a packet like others in Matroska.
            boolean padded = name.equals("out.mkv") && from.equals("0");
            assertThat(sound).hasSize(heard.size() + (padded ? 1 : 0));
        }
        boolean upright = Integer.parseInt(turned) % 180 == 0;
        assertThat(probe(folder.resolve("out.mkv"), "v:0", "stream=width,height"))
                .containsExactly(upright ? "160,120" : "120,160");
    }

    @Test
    void picturesAreFoundBesideSubtitlesThatAreMuchLonger() throws Exception {
        Path texts = Files.writeString(
                folder.resolve("texts.srt"),
                "1\n00:00:00,100 --> 00:00:00,500\nHello\n\n2\n00:10:00,600 --> 00:10:01,900\nWorld\n");
        Path longer = folder.resolve("longer.mp4");
        ffmpeg(
                "-i",
                film.toString(),
                "-i",
                texts.toString(),
                "-map",
                "0",
                "-map",
                "1",
                "-c",
                "copy",
                "-c:s",
                "mov_text",
                longer.toString());
        Path output = converted(longer, "out.mp4");
        assertThat(videoTimes(output)).hasSize(149);
        assertThat(probe(output, "s:0", "stream=duration")).isEqualTo(probe(longer, "s:0", "stream=duration"));
    }

    /** Times of the packets that are not only decoded. */
    private static List<Double> shown(Path file, String stream) throws IOException, InterruptedException {
        return probe(file, stream, "packet=pts_time,flags").stream()
                .filter(line -> !line.contains("D"))
                .map(line -> Double.parseDouble(line.split(",")[0]))
                .sorted()
                .toList();
    }

    private Path converted(Path input, String name) {
        Path output = folder.resolve(name);
        var run = CommandRun.of("convert", input, "-o", output);
        assertThat(run.exitCode()).as("%s", run.errors()).isZero();
        return output;
    }
}
