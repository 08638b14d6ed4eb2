package dev.midframe.cli.convert;

import static dev.midframe.testkit.Ffmpeg.ffmpeg;
import static dev.midframe.testkit.Ffmpeg.pictures;
import static dev.midframe.testkit.Ffmpeg.probe;
import static dev.midframe.testkit.Ffmpeg.videoTimes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.midframe.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Films as cameras, phones, recorders and shops make them, in every container that is written: what the rules of
 * docs/guide/convert.md keep is read back by ffprobe.
 */
class MatrixTest {

    private static final String[] PICTURES = {"-f", "lavfi", "-i", "testsrc2=size=128x96:rate=25:duration=0.4"};
    private static final double RATE = 25;
    private static final String[] SOUND = {"-f", "lavfi", "-i", "sine=duration=0.4:sample_rate=48000"};

    @TempDir
    static Path folder;

    /** @param options of ffmpeg, behind pictures, sound and the texts that it may map */
    private record Input(String name, String options) {

        Path path() {
            return folder.resolve(name);
        }
    }

    private static final List<Input> INPUTS = List.of(
            new Input("phone.mp4", "-c:v libx264 -pix_fmt yuv420p -c:a aac -metadata:s:v rotate=90"),
            new Input("shop.mkv", "-c:v libx265 -pix_fmt yuv420p10le -c:a ac3 -c:s srt -map 2"),
            new Input(
                    "hdr.mp4",
                    "-c:v libx265 -pix_fmt yuv420p10le -tag:v hvc1 -c:a aac -x265-params log-level=error:colorprim=bt2020:"
                            + "transfer=smpte2084:colormatrix=bt2020nc:max-cll=1000,400"),
            new Input("editor.mov", "-c:v prores_ks -c:a pcm_s16le -timecode 01:00:00:00"),
            new Input("web.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus -map 1"),
            new Input("old.avi", "-c:v mpeg4 -c:a libmp3lame"),
            new Input("broadcast.ts", "-c:v libx264 -pix_fmt yuv420p -c:a mp2"),
            new Input("disc.mpg", "-c:v mpeg2video -c:a ac3 -f vob"),
            new Input("archive.mkv", "-c:v ffv1 -pix_fmt yuv420p -c:a flac -c:s srt -map 2"),
            new Input("subtitled.mp4", "-c:v libx264 -pix_fmt yuv420p -c:a aac -c:s mov_text -map 2"));

    @BeforeAll
    static void make() throws Exception {
        Path texts = Files.writeString(
                folder.resolve("texts.srt"),
                "1\n00:00:00,050 --> 00:00:00,150\nOne\n\n2\n00:00:00,200 --> 00:00:00,350\nTwo\n");
        for (Input input : INPUTS) {
            List<String> words = new ArrayList<>(List.of(PICTURES));
            words.addAll(List.of(SOUND));
            words.addAll(List.of("-i", texts.toString(), "-map", "0", "-map", "1"));
            words.addAll(List.of(input.options.split(" ")));
            words.addAll(List.of("-metadata", "title=A film", "-metadata:s:a:0", "language=ger"));
            words.add(input.path().toString());
            ffmpeg(words.toArray(String[]::new));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyFilmInEveryContainerKeepsWhatItCanHold() {
        return INPUTS.stream().flatMap(input -> Stream.of("mp4", "mov", "mkv", "webm")
                .map(ending ->
                        DynamicTest.dynamicTest(input.name + " to " + ending, () -> check(input.path(), ending))));
    }

    private static void check(Path input, String ending) throws IOException, InterruptedException {
        Path output = folder.resolve(input.getFileName() + "." + ending);
        var run = CommandRun.of("convert", input, "-o", output);
        assertThat(run.exitCode()).as("%s", run.errors()).isZero();

        int shown = pictures(input).size();
        List<Double> before = times(input, "v:0");
        // Some containers do not say the time of every packet.
        double length = before.size() == shown ? before.getLast() - before.getFirst() : (shown - 1) / RATE;
        List<Double> after = videoTimes(output);
        assertThat(pictures(output)).hasSize(2 * shown - 1);
        assertThat(after.getLast() - after.getFirst()).isCloseTo(length, within(0.0015));

        String depth = probe(input, "v:0", "stream=pix_fmt").getFirst().contains("10") ? "10le" : "p";
        assertThat(probe(output, "v:0", "stream=pix_fmt").getFirst()).endsWith(depth);
        for (String colour : List.of("color_transfer", "color_primaries", "color_space")) {
            if (ending.equals("webm") && colour.equals("color_space")) {
                // VP9's own header says that it is unknown, and ffprobe believes it more than the container.
                continue;
            }
            assertSame(input, output, "v:0", "stream=" + colour, value -> !value.equals("unknown"));
        }
        checkSound(input, output);
        checkWords(input, output, ending);
        if (ending.startsWith("m") && !ending.equals("mkv")) {
            assertSame(input, output, "v:0", "stream_side_data=rotation", value -> value.matches("-?\\d+"));
        }
    }

    private static void checkSound(Path input, Path output) throws IOException, InterruptedException {
        int tracks = tracks(input, "a");
        assertThat(tracks(output, "a")).isEqualTo(tracks);
        for (int i = 0; i < tracks; i++) {
            String stream = "a:" + i;
            if (probe(output, stream, "stream=codec_name").equals(probe(input, stream, "stream=codec_name"))) {
                double offset =
                        times(output, stream).getFirst() - times(output, "v:0").getFirst();
                assertThat(offset)
                        .as("how much later the sound begins")
                        .isCloseTo(
                                times(input, stream).getFirst()
                                        - times(input, "v:0").getFirst(),
                                within(0.0015));
                assertThat(probe(output, stream, "packet=data_hash"))
                        .hasSameSizeAs(probe(input, stream, "packet=data_hash"));
            }
        }
    }

    private static void checkWords(Path input, Path output, String ending) throws IOException, InterruptedException {
        assertSame(input, output, "a:0", "stream_tags=language", value -> true);
        assertSame(input, output, "v:0", "format_tags=title", value -> true);
        assertThat(tracks(output, "s")).as("subtitles in ." + ending).isEqualTo(tracks(input, "s"));
    }

    /** Where the input says something. */
    private static void assertSame(Path input, Path output, String stream, String entry, Predicate<String> said)
            throws IOException, InterruptedException {
        List<String> before = probe(input, stream, entry).stream().filter(said).toList();
        if (!before.isEmpty()) {
            assertThat(probe(output, stream, entry)).as(entry).containsAll(before);
        }
    }

    /** A broadcast's tracks are listed twice, with its programs and alone. */
    private static int tracks(Path file, String kind) throws IOException, InterruptedException {
        return Set.copyOf(probe(file, kind, "stream=index")).size();
    }

    private static List<Double> times(Path file, String stream) throws IOException, InterruptedException {
        return probe(file, stream, "packet=pts_time").stream()
                .filter(line -> line.matches("-?[\\d.]+"))
                .map(Double::parseDouble)
                .sorted()
                .toList();
    }
}
