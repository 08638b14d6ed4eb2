package dev.midframe.cli;

import static dev.midframe.testkit.Ffmpeg.assertSoundKept;
import static dev.midframe.testkit.Ffmpeg.ffmpeg;
import static dev.midframe.testkit.Ffmpeg.pictures;
import static dev.midframe.testkit.Ffmpeg.probe;
import static dev.midframe.testkit.Ffmpeg.soundHeardFrom;
import static dev.midframe.testkit.Ffmpeg.videoTimes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of every cadence, converted by the program and read back by another: what leaves, and when. Lossless, to the bit. */
class CadenceFilesTest {

    private static final double MILLISECOND = 0.001;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"24, 60, 5, 2", "24000/1001, 60000/1001, 5, 2", "25, 60, 12, 5", "30000/1001, 120000/1001, 4, 1"})
    void aFixedRateIsMetAndRealFramesOnItPassBitExact(String from, String to, int up, int down) throws Exception {
        Path film = motion(from, 21);

        Path output = convert(film, "fps=" + to);

        List<String> real = pictures(film);
        List<String> all = pictures(output);
        List<Double> times = videoTimes(output);
        assertThat(all).hasSize(Math.ceilDiv(21 * up, down));
        for (int k = 0; k < all.size(); k++) {
            assertThat(times.get(k)).as("frame %d", k).isCloseTo(k / rate(to), within(MILLISECOND));
            if (k * down % up == 0) {
                assertThat(all.get(k)).as("frame %d", k).isEqualTo(real.get(k * down / up));
            } else if (k * down / up < 20) {
                assertThat(real).as("frame %d is generated", k).doesNotContain(all.get(k));
            }
        }
    }

    @Test
    void aVariableRateKeepsItsOwnTimesAndItsGaps() throws Exception {
        Path film = lossless(
                "vfr.mkv",
                "-i",
                clip("ax_roof_hdr_1080p/roof_pq_1080p30.mp4").toString(),
                "-vf",
                "scale=64:36,format=yuv420p10le,select='not(eq(mod(n,5),2))*not(between(n,9,19))'",
                "-fps_mode",
                "vfr");
        List<Double> before = videoTimes(film);
        List<Double> expected = doubled(before);
        assertThat(expected).as("one gap is not bridged").hasSize(2 * before.size() - 2);

        assertToTheMillisecond(videoTimes(convert(film, "factor=2")), expected);

        List<Double> even = videoTimes(convert(film, "fps=60"));

        int holes = 0;
        for (int i = 1; i < even.size(); i++) {
            double frames = (even.get(i) - even.get(0)) * 60;
            assertThat(frames).as("frame %d", i).isCloseTo(Math.round(frames), within(60 * MILLISECOND));
            holes += even.get(i) - even.get(i - 1) > 1.5 / 60 ? 1 : 0;
        }
        assertThat(holes).as("of the gap alone").isEqualTo(1);
    }

    @Test
    void soundStaysWithThePicturesOfAVariableRate() throws Exception {
        Path film = folder.resolve("vfr.mp4");
        ffmpeg(
                "-i",
                clip("gopro_max_walk/max-heromode.mp4").toString(),
                "-f",
                "lavfi",
                "-i",
                "sine=sample_rate=48000:beep_factor=4",
                "-map",
                "0:v",
                "-map",
                "1:a",
                "-vf",
                "scale=64:36,format=yuv420p,select='not(eq(mod(n,5),2))*not(between(n,40,60))'",
                "-fps_mode",
                "vfr",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-c:a",
                "aac",
                "-t",
                "6",
                film.toString());
        Path output = folder.resolve("out.mp4");

        run("pipelines/file.gst", "input=" + film, "output=" + output, "preset=ultrafast", "factor=2");

        List<Double> times = videoTimes(output);
        assertThat(times).hasSizeGreaterThan(250);
        assertToTheMillisecond(times, doubled(videoTimes(film)));
        assertThat(soundHeardFrom(film)).hasSizeGreaterThan(270);
        assertSoundKept(film, output);
    }

    @Test
    void nothingIsMadeAcrossACut() throws Exception {
        Path film = lossless(
                "cut.mkv",
                "-i",
                clip("sam2_bedroom/bedroom.mp4").toString(),
                "-i",
                clip("ax_london_360p/london_360p30.mp4").toString(),
                "-filter_complex",
                "[0:v]trim=end_frame=6,scale=160:90,setsar=1,setpts=N/30/TB[a];"
                        + "[1:v]trim=end_frame=6,scale=160:90,setsar=1,setpts=N/30/TB[b];[a][b]concat");
        List<String> real = pictures(film);

        List<String> all = pictures(convert(film, "factor=2"));

        assertThat(all).hasSize(23);
        for (int i = 0; i < 11; i++) {
            assertThat(all.get(2 * i)).isEqualTo(real.get(i));
            if (i == 5) {
                assertThat(all.get(2 * i + 1)).as("across the cut").isEqualTo(real.get(i));
            } else {
                assertThat(real).as("after frame %d", i).doesNotContain(all.get(2 * i + 1));
            }
        }
    }

    /** A stroke of three pixels is gone from the frames between until four pairs of frames have distinguished it from the background. */
    @Test
    void aThinStrokeStandsStillOverAMovingBackground() throws Exception {
        Path film = lossless(
                "stroke.mkv",
                "-i",
                clip("gopro_max_walk/max-heromode.mp4").toString(),
                "-vf",
                "scale=320:180,drawbox=x=100:y=130:w=3:h=30:color=white:t=fill",
                "-frames:v",
                "10");

        Path stroke = lossless(
                "seen.mkv", "-i", convert(film, "factor=2").toString(), "-vf", "format=gray,crop=3:30:100:130");

        List<String> seen = pictures(stroke);
        assertThat(seen).hasSize(19);
        assertThat(distinct(seen))
                .as("pictures of it, with those while it was not known")
                .hasSizeGreaterThan(1);
        assertThat(seen.subList(8, 19)).containsOnly(seen.getFirst());
    }

    @Test
    void animationOnTwosMovesInEveryFrame() throws Exception {
        Path film = motion("12,fps=24", 24);
        assertThat(new HashSet<>(pictures(film))).hasSize(12);

        List<String> kept = pictures(convert(film, "factor=2"));
        List<String> bridged = pictures(convert(film, "factor=2 duplicates=bridge"));

        assertThat(kept).hasSize(47);
        assertThat(bridged).hasSize(47);
        assertThat(new HashSet<>(kept)).hasSize(23);
        // The last picture is shown to its end: nothing comes after it.
        assertThat(new HashSet<>(bridged)).hasSize(45);
    }

    /** Every other frame of this part repeats the one before it, and not to the bit. */
    @Test
    void aBadlySampledClipLosesItsRepeats() throws Exception {
        Path film = lossless(
                "sampled.mkv",
                "-ss",
                "6",
                "-i",
                clip("ax_london_60fps_240p/london_320x240_60fps.mp4").toString(),
                "-frames:v",
                "100");
        assertThat(repeats(film)).isGreaterThan(40);

        assertThat(repeats(convert(film, "factor=1 duplicates=bridge"))).isLessThan(3);
    }

    private static int repeats(Path film) {
        CommandRun run = CommandRun.of("inspect", film.toString());
        Matcher line = Pattern.compile("(?m)^repeats\\s+(none|\\d+)").matcher(String.join("\n", run.output()));
        assertThat(line.find()).as("%s", run.output()).isTrue();
        return line.group(1).equals("none") ? 0 : Integer.parseInt(line.group(1));
    }

    /** Film at 24 frames a second in a stream of 60, each frame three times and twice by turns. */
    @Test
    void filmShownThreeTwoAppearsAtEvenTimes() throws Exception {
        Path shown = motion("24,fps=60", 90);
        assertThat(distinct(pictures(shown))).hasSize(36);

        assertEven(shown, convert(shown, "factor=2 duplicates=bridge"));
    }

    /** Film telecined to interlaced video, and its fields matched again, which leaves one repeat in five frames. */
    @Test
    void telecinedFilmAppearsAtEvenTimes() throws Exception {
        Path shown = motion("24,telecine=pattern=23,fieldmatch,setfield=prog", 40);
        assertThat(distinct(pictures(shown))).hasSize(32);

        assertEven(shown, convert(shown, "factor=4 duplicates=bridge"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ax_roof_hdr_1080p/roof_pq_1080p30.mp4",
                "ax_roof_hlg_1080p/roof_hlg_1080p30.mp4",
                "ax_fog_hdr_1080p60/fog_pq_av1_1080p60.mp4"
            })
    void tenBitsAndTheirColoursAreKept(String name) throws Exception {
        Path source = clip(name);
        Path output = folder.resolve("out.mp4");

        run("filesrc location=" + source + " ! decodebin ! videoscale ! video/x-raw,width=160,height=90"
                + " ! midframe scene-change=off ! x265enc speed-preset=ultrafast option-string=info=0 ! h265parse ! mp4mux"
                + " ! filesink location=" + output);

        String tags = "stream=pix_fmt,color_range,color_space,color_transfer,color_primaries";
        assertThat(probe(source, "v:0", tags)).first().asString().contains("yuv420p10le", "bt2020");
        assertThat(probe(output, "v:0", tags)).isEqualTo(probe(source, "v:0", tags));
        assertThat(videoTimes(output)).hasSizeGreaterThan(videoTimes(source).size());
    }

    /** The stream says nothing of its colours, the file's box that they are PQ; and it goes through the pipeline for files. */
    @Test
    void highDynamicRangeThatOnlyTheFileKnowsIsKept() throws Exception {
        Path film = folder.resolve("film.mp4");
        ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=96x64:rate=25",
                "-frames:v",
                "3",
                "-pix_fmt",
                "yuv420p10le",
                "-movflags",
                "write_colr",
                "-colorspace",
                "bt2020nc",
                film.toString());
        byte[] bytes = Files.readAllBytes(film);
        int box = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("colrnclx");
        assumeTrue(box > 0, "this ffmpeg does not write the box");
        // Primaries, transfer and matrix: of BT.2020, PQ, of BT.2020.
        System.arraycopy(new byte[] {0, 9, 0, 16, 0, 9}, 0, bytes, box + 8, 6);
        Files.write(film, bytes);
        Path output = folder.resolve("out.mp4");

        CommandRun run = CommandRun.of("run", "pipelines/file.gst", "input=" + film, "output=" + output);

        assertThat(run.exitCode()).as("%s", run.errors()).isZero();
        assertThat(probe(output, "v:0", "stream=pix_fmt,color_space,color_transfer,color_primaries"))
                .containsExactly("yuv420p10le,bt2020nc,smpte2084,bt2020");
    }

    @Test
    void aTurnedFilmLeavesUpright() throws Exception {
        Path film = folder.resolve("film.mp4");
        ffmpeg("-f", "lavfi", "-i", "testsrc2=size=96x64:rate=25", "-frames:v", "3", film.toString());
        Path turned = folder.resolve("turned.mp4");
        ffmpeg("-i", film.toString(), "-c", "copy", "-metadata:s:v", "rotate=90", turned.toString());
        assumeFalse(
                probe(turned, "v:0", "stream_side_data=rotation").isEmpty(), "this ffmpeg does not write rotation so");
        Path output = folder.resolve("out.mp4");

        CommandRun run = CommandRun.of("run", "pipelines/file.gst", "input=" + turned, "output=" + output);

        assertThat(run.exitCode()).as("%s", run.errors()).isZero();
        assertThat(probe(output, "v:0", "stream=width,height")).containsExactly("64,96");
    }

    /** Once the pattern is known, every picture appears bit-exact, and at even times. */
    private static void assertEven(Path shown, Path output) throws IOException, InterruptedException {
        List<String> film = distinct(pictures(shown));
        List<String> all = pictures(output);
        List<Double> times = videoTimes(output);
        for (int picture = 12; picture < film.size() - 3; picture++) {
            assertThat(all).as("picture %d", picture).contains(film.get(picture - 1), film.get(picture));
            double interval = times.get(all.indexOf(film.get(picture))) - times.get(all.indexOf(film.get(picture - 1)));
            // Matroska stores milliseconds.
            assertThat(interval).as("picture %d", picture).isCloseTo(1 / 24.0, within(2 * MILLISECOND));
        }
    }

    /** Real motion at a rate, and what is done to it then. */
    private Path motion(String rate, int frames) throws IOException, InterruptedException {
        String[] parts = rate.split(",", 2);
        return lossless(
                "motion.mkv",
                "-i",
                clip("sam2_dog/01_dog.mp4").toString(),
                "-vf",
                "scale=128:72,settb=1/120000,setpts=N*120000/(" + parts[0] + "),fps=" + rate,
                "-frames:v",
                Integer.toString(frames));
    }

    private static List<String> distinct(List<String> pictures) {
        return pictures.stream().distinct().toList();
    }

    private static double rate(String fraction) {
        String[] parts = fraction.split("/");
        return Double.parseDouble(parts[0]) / (parts.length == 1 ? 1 : Double.parseDouble(parts[1]));
    }

    private static Path clip(String name) {
        Path clip = Path.of(System.getenv().getOrDefault("MIDFRAME_FOOTAGE", "../shared/footage"), "clips", name)
                .toAbsolutePath();
        assumeTrue(Files.isRegularFile(clip), "footage for this test: set MIDFRAME_FOOTAGE");
        return clip;
    }

    private Path lossless(String name, String... arguments) throws IOException, InterruptedException {
        Path file = folder.resolve(name);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-an", "-c:v", "ffv1", "-threads", "1", file.toString()));
        ffmpeg(all.toArray(String[]::new));
        return file;
    }

    private Path convert(Path input, String properties) throws IOException, InterruptedException {
        Path output = folder.resolve("out.mkv");
        run("filesrc location=" + input + " ! decodebin ! midframe " + properties
                + " ! avenc_ffv1 ! matroskamux ! filesink location=" + output);
        return output;
    }

    private static void assertToTheMillisecond(List<Double> times, List<Double> expected) {
        assertThat(times).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(times.get(i)).as("frame %d", i).isCloseTo(expected.get(i), within(MILLISECOND));
        }
    }

    /** Halfway between neighbours there is another one, unless a gap is between them. */
    private static List<Double> doubled(List<Double> times) {
        List<Double> doubled = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            doubled.add(times.get(i));
            if (i + 1 < times.size() && times.get(i + 1) - times.get(i) <= 0.25) {
                doubled.add((times.get(i) + times.get(i + 1)) / 2);
            }
        }
        return doubled;
    }

    private static void run(String pipeline, String... variables) {
        List<String> arguments = new ArrayList<>(List.of("run", pipeline));
        arguments.addAll(List.of(variables));
        CommandRun run = CommandRun.of(arguments.toArray());
        assertThat(run.exitCode()).as("%s", run.errors()).isZero();
    }
}
