package dev.midframe.cli.convert;

import static dev.midframe.testkit.Ffmpeg.ffmpeg;
import static dev.midframe.testkit.Ffmpeg.pictures;
import static dev.midframe.testkit.Ffmpeg.probe;
import static dev.midframe.testkit.Ffmpeg.videoTimes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.midframe.cli.CommandRun;
import dev.midframe.testkit.Footage;
import dev.midframe.testkit.Mp4;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One film in, a smoother one out, and everything else in it as it was: read back by ffprobe. */
class ConvertTest {

    private static final double MILLISECOND = 0.001;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Path film;

    /** Two sounds and a text with languages, a cover, chapters and tags. */
    @BeforeAll
    static void makeFilm() throws Exception {
        Path texts = Files.writeString(
                shared.resolve("texts.srt"),
                "1\n00:00:00,100 --> 00:00:00,500\nHello\n\n2\n00:00:00,600 --> 00:00:00,900\n<i>World</i>\n");
        Path chapters = Files.writeString(
                shared.resolve("chapters.txt"),
                ";FFMETADATA1\ntitle=My film\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=500\ntitle=One\n"
                        + "[CHAPTER]\nTIMEBASE=1/1000\nSTART=500\nEND=1000\ntitle=Two\n");
        Path cover = shared.resolve("cover.jpg");
        ffmpeg("-f", "lavfi", "-i", "mandelbrot=size=64x64:rate=1", "-frames:v", "1", cover.toString());
        film = shared.resolve("film.mkv");
        ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=160x120:rate=25:duration=1",
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:duration=1:sample_rate=48000",
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=880:duration=1:sample_rate=44100",
                "-i",
                texts.toString(),
                "-i",
                chapters.toString(),
                "-map",
                "0",
                "-map",
                "1",
                "-map",
                "2",
                "-map",
                "3",
                "-map_metadata",
                "4",
                "-c:v",
                "libx264",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "aac",
                "-c:s",
                "srt",
                "-metadata:s:a:0",
                "language=eng",
                "-metadata:s:a:1",
                "language=ger",
                "-metadata:s:s:0",
                "language=fre",
                "-disposition:a:1",
                "default",
                "-disposition:a:0",
                "0",
                "-attach",
                cover.toString(),
                "-metadata:s:t",
                "mimetype=image/jpeg",
                film.toString());
    }

    @Test
    void soundOfARealFilmIsTheSamePacketForPacketFromItsPrimingToItsLast() throws Exception {
        Path clip = folder.resolve("dog.mp4");
        ffmpeg(
                "-i",
                Footage.folder("clips/sam2_dog").resolve("01_dog.mp4").toString(),
                "-t",
                "1",
                "-map",
                "0:v:0",
                "-map",
                "0:a",
                "-c",
                "copy",
                clip.toString());
        Path output = converted(clip, "out.mp4");

        List<Double> before = videoTimes(clip);
        List<Double> after = videoTimes(output);
        assertThat(after).hasSize(2 * before.size() - 1);
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(2 * i)).as("frame %d", i).isCloseTo(before.get(i), within(MILLISECOND / 10));
        }
        String sound = "packet=pts_time,duration_time,data_hash";
        assertThat(probe(output, "a:0", sound)).isNotEmpty().isEqualTo(probe(clip, "a:0", sound));
        assertThat(probe(output, "a:0", "stream=start_time,duration"))
                .isEqualTo(probe(clip, "a:0", "stream=start_time,duration"));
    }

    @ParameterizedTest
    @CsvSource({"out.mkv, subrip, mjpeg", "out.mp4, mov_text, mjpeg", "out.mov, mov_text,"})
    void allTracksWithTheirLanguagesChaptersTagsAndCoverAreKept(String name, String texts, @Nullable String cover)
            throws Exception {
        Path output = converted(film, name);
        for (String stream : List.of("a:0", "a:1")) {
            assertThat(probe(output, stream, "packet=data_hash")).isEqualTo(probe(film, stream, "packet=data_hash"));
            for (String entry : List.of("stream=codec_name", "stream_tags=language", "stream_disposition=default")) {
                assertThat(probe(output, stream, entry)).isEqualTo(probe(film, stream, entry));
            }
        }
        assertThat(probe(output, "s:0", "stream=codec_name")).containsExactly(texts);
        assertThat(probe(output, "s:0", "stream_tags=language")).containsAnyOf("fre", "fra");
        assertThat(text(output)).isEqualTo(List.of("Hello", "World"));
        assertThat(probe(output, "v", "chapter_tags=title")).containsExactly("One", "Two");
        assertThat(probe(output, "v", "format_tags=title")).containsExactly("My film");
        // QuickTime files have none.
        assertThat(probe(output, "v:1", "stream=codec_name:stream_disposition=attached_pic"))
                .isEqualTo(cover == null ? List.of() : List.of(cover + ",1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.25", "-0.1", "0"})
    void soundStaysWhereItWasToTheMillisecond(String later) throws Exception {
        Path late = folder.resolve("late.mp4");
        ffmpeg(
                "-i",
                film.toString(),
                "-itsoffset",
                later,
                "-i",
                film.toString(),
                "-map",
                "0:v:0",
                "-map",
                "1:a:0",
                "-c",
                "copy",
                late.toString());
        for (String name : List.of("out.mp4", "out.mkv")) {
            assertThat(offset(converted(late, name))).as(name).isCloseTo(offset(late), within(1.5 * MILLISECOND));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "out.mp4, h264, h264",
        "out.mp4, h265, hevc",
        "out.mp4, av1, av1",
        "out.mp4, vp9, vp9",
        "out.mov, h264, h264",
        "out.mov, prores, prores",
        "out.mkv, h264, h264",
        "out.mkv, h265, hevc",
        "out.mkv, av1, av1",
        "out.mkv, vp9, vp9",
        "out.mkv, ffv1, ffv1",
        "out.mkv, prores, prores",
        "out.webm, vp9, vp9",
        "out.webm, av1, av1"
    })
    void everyCodecInEveryContainerHasAllPicturesAtTheirTimes(String name, String codec, String found)
            throws Exception {
        Path output = converted(film, name, "--codec", codec);
        assertThat(probe(output, "v:0", "stream=codec_name")).containsExactly(found);
        List<Double> times = videoTimes(output);
        assertThat(times).hasSize(49);
        assertThat(times.getLast() - times.getFirst()).isCloseTo(0.96, within(MILLISECOND));
        assertThat(pictures(output)).hasSize(49);
    }

    @Test
    void soundThatAContainerCannotHoldIsEncodedAndThatIsSaid() throws Exception {
        var run = CommandRun.of("convert", film, "-o", folder.resolve("out.webm"));
        assertThat(run.exitCode()).as("%s", run.errors()).isZero();
        assertThat(run.errors()).anyMatch(line -> line.contains("(aac, ger) is encoded as opus"));
        assertThat(probe(folder.resolve("out.webm"), "a", "stream=codec_name")).containsExactly("opus", "opus");
        assertThat(sounding(folder.resolve("out.webm"))).isCloseTo(sounding(film), within(0.03));
    }

    @Test
    void tenBitsAndTheDisplayTheyWereMadeForAreKept() throws Exception {
        Path hdr = folder.resolve("hdr.mp4");
        ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=160x120:rate=25:duration=0.4",
                "-c:v",
                "libx265",
                "-pix_fmt",
                "yuv420p10le",
                "-x265-params",
                "log-level=error:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:master-display="
                        + "G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1):max-cll=1000,400",
                hdr.toString());
        for (String name : List.of("out.mp4", "out.mkv")) {
            Path output = converted(hdr, name);
            String colours = "stream=pix_fmt,color_range,color_space,color_transfer,color_primaries";
            assertThat(probe(output, "v:0", colours)).isEqualTo(probe(hdr, "v:0", colours));
            assertThat(fractions(output)).as(name).contains(0.68, 0.32, 0.3127, 0.329, 1000.0, 0.0001, 400.0);
        }
    }

    private static List<Double> fractions(Path file) throws IOException, InterruptedException {
        return probe(file, "v:0", "stream_side_data").stream()
                .flatMap(line -> Stream.of(line.split(",")))
                .filter(word -> word.matches("\\d+(/\\d+)?"))
                .map(word -> word.split("/"))
                .map(parts -> Double.parseDouble(parts[0]) / (parts.length > 1 ? Double.parseDouble(parts[1]) : 1))
                .toList();
    }

    @Test
    void pictureIsShownAsItWasTurnedAndStretched() throws Exception {
        Path turned = folder.resolve("turned.mp4");
        ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=180x144:rate=25:duration=0.4,setsar=64/45",
                "-c:v",
                "libx264",
                "-pix_fmt",
                "yuv420p",
                turned.toString());
        Mp4.turnByAQuarter(turned);

        Path output = converted(turned, "out.mp4");
        String shown = "stream=width,height,sample_aspect_ratio:stream_side_data=rotation";
        assertThat(probe(output, "v:0", shown)).isEqualTo(probe(turned, "v:0", shown));
        assertThat(probe(converted(turned, "out.mkv"), "v:0", "stream=width,height,sample_aspect_ratio"))
                .containsExactly("144,180,45:64");
    }

    @Test
    void slowFilmIsInterpolatedAndLastsAsLong() throws Exception {
        Path slow = folder.resolve("slow.mp4");
        ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=160x120:rate=2:duration=3",
                "-c:v",
                "libx264",
                "-pix_fmt",
                "yuv420p",
                slow.toString());
        Path output = converted(slow, "out.mp4");
        assertThat(videoTimes(output)).hasSize(11);
        assertThat(probe(output, "v:0", "stream=duration")).containsExactly("3.000000");
    }

    @Test
    void rateMayBeWrittenAsTelevisionsIs() throws Exception {
        Path output = converted(film, "out.mkv", "--fps", "59.94");
        List<Double> times = videoTimes(output);
        assertThat(times.get(30) - times.getFirst()).isCloseTo(30 * 1001 / 60000.0, within(MILLISECOND));
    }

    private Path converted(Path input, String name, String... options) {
        Path output = folder.resolve(name);
        Object[] words = Stream.concat(Stream.of("convert", input, "-o", output), Stream.of(options))
                .toArray();
        var run = CommandRun.of(words);
        assertThat(run.exitCode()).as("%s", run.errors()).isZero();
        assertThat(folder.resolve(name + ".part")).doesNotExist();
        return output;
    }

    /** The lines of the first subtitles. */
    private List<String> text(Path file) throws IOException, InterruptedException {
        Path texts = folder.resolve("read.srt");
        ffmpeg("-i", file.toString(), "-map", "0:s:0", "-c:s", "srt", texts.toString());
        return Files.readAllLines(texts).stream()
                .filter(line -> line.matches(".*(Hello|World).*"))
                .map(line -> line.replaceAll("<[^>]*>", ""))
                .toList();
    }

    /** How much later than the pictures the sound begins. */
    private static double offset(Path file) throws IOException, InterruptedException {
        double sound = probe(file, "a:0", "packet=pts_time").stream()
                .mapToDouble(Double::parseDouble)
                .min()
                .orElseThrow();
        return sound - videoTimes(file).getFirst();
    }

    /** Seconds of the first sound, decoded. */
    private double sounding(Path file) throws IOException, InterruptedException {
        Path raw = folder.resolve("sound.s16");
        ffmpeg("-i", file.toString(), "-map", "0:a:0", "-ac", "1", "-ar", "48000", "-f", "s16le", raw.toString());
        return Files.size(raw) / 2.0 / 48000;
    }
}
