package dev.midframe.cli.convert;

import static dev.midframe.testkit.Ffmpeg.ffmpeg;
import static dev.midframe.testkit.Ffmpeg.pictures;
import static dev.midframe.testkit.Ffmpeg.probe;
import static dev.midframe.testkit.Ffmpeg.videoTimes;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.midframe.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A film in parts has the very frames of the film that is made as a whole, at the same times to the nanosecond. */
class PartsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WHOLE = "1000:00:00";

    @TempDir
    Path folder;

    /**
     * A kind of film.
     *
     * @param file its name
     * @param source ffmpeg's arguments
     * @param options of the plan
     * @param partLength in seconds, longer than what a part begins earlier
     */
    private record Kind(String name, String file, List<String> source, List<String> options, String partLength) {

        Kind with(String... others) {
            return new Kind(name, file, source, List.of(others), partLength);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final String MOVING = "testsrc2=size=128x96:duration=8:rate=";

    static Stream<Kind> kinds() {
        return Stream.of(
                usual("closed GOPs", "a.mp4", "24", "-c:v libx264 -bf 3 -g 24"),
                usual("open GOPs", "a.mp4", "24", "-c:v libx264 -bf 3 -x264-params open-gop=1:keyint=24"),
                usual("HEVC", "a.mp4", "25", "-c:v libx265 -x265-params log-level=none:keyint=40"),
                usual("VP9", "a.webm", "25", "-c:v libvpx-vp9 -cpu-used 8 -deadline realtime"),
                usual("H.264 in Matroska, with sound", "a.mkv", "30000/1001", "-c:v libx264 -c:a aac"),
                usual("a variable rate", "a.mp4", "30", "-c:v libx264 -fps_mode vfr -vf select='not(eq(mod(n,7),3))'"),
                usual("a late beginning", "a.mp4", "24", "-c:v libx264 -c:a aac -bf 2", "-itsoffset", "0.7"),
                usual("23.976 to 60", "a.mp4", "24000/1001", "-c:v libx264").with("--fps", "60"),
                usual("23.976 to 60, coarse times", "a.mkv", "24000/1001", "-c:v libx264")
                        .with("--fps", "60"),
                usual("5/2 of each", "a.mp4", "25", "-c:v libx264").with("--factor", "5/2"),
                usual("5/2 of a variable rate", "a.mkv", "30", "-c:v libx264 -vf select='gt(mod(n,5),1)'")
                        .with("--factor", "5/2"),
                new Kind(
                        "3:2 pulldown, bridged",
                        "a.mp4",
                        words("-f lavfi -i testsrc2=size=128x96:duration=24:rate=24000/1001"
                                + " -vf telecine=pattern=23,fps=30000/1001 -c:v libx264 -bf 2"),
                        List.of("--duplicates", "bridge"),
                        "15"),
                new Kind(
                        "animation on twos, bridged",
                        "a.mkv",
                        words("-f lavfi -i testsrc2=size=128x96:duration=26:rate=12 -vf fps=24 -c:v libx264"),
                        List.of("--duplicates", "bridge", "--fps", "60"),
                        "17"));
    }

    private static Kind usual(String name, String file, String rate, String encoding, String... before) {
        var source = new ArrayList<>(Arrays.asList(before));
        source.addAll(List.of("-f", "lavfi", "-i", MOVING + rate));
        if (encoding.contains("-c:a")) {
            source.addAll(List.of("-f", "lavfi", "-i", "sine=duration=8"));
        }
        source.addAll(words(encoding));
        return new Kind(name, file, source, List.of(), "3");
    }

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void areTheWholeFrameByFrame(Kind kind) throws Exception {
        Path film = film(kind);
        List<JsonNode> whole = made(film, "whole.mkv", kind, WHOLE);
        List<JsonNode> parts = made(film, "parts.mkv", kind, kind.partLength());

        assertThat(whole).hasSize(1);
        assertThat(parts).hasSizeGreaterThan(1);
        assertThat(times(parts)).isEqualTo(times(whole));
        assertThat(hashes("parts.mkv", parts)).isEqualTo(hashes("whole.mkv", whole));
        assertThat(parts.getFirst().get("generated").asLong()).isPositive();
    }

    @Test
    void togetherTheyAreTheFilmThatConvertMakes() throws Exception {
        Kind kind = usual("", "a.mp4", "24", "-c:v libx264 -c:a aac -bf 2 -metadata title=Title");
        Path film = film(kind);
        Path whole = folder.resolve("whole.mkv");
        assertSucceeds(CommandRun.of("convert", film, "-o", whole, "--codec", "ffv1"));
        made(film, "parts.mkv", kind, "3");

        assertSucceeds(CommandRun.of("join", folder.resolve("parts.mkv.json")));

        Path joined = folder.resolve("parts.mkv");
        assertThat(videoTimes(joined)).isEqualTo(videoTimes(whole));
        assertThat(pictures(joined)).hasSameSizeAs(pictures(whole));
        assertThat(probe(joined, "a:0", "packet=pts,duration,data_hash"))
                .isEqualTo(probe(whole, "a:0", "packet=pts,duration,data_hash"));
        assertThat(folder.resolve("parts.mkv.parts")).doesNotExist();
    }

    @Test
    void aSectionIsTheSameStretchOfTheWholeAndBeginsAtZero() throws Exception {
        Path film = film(usual("", "a.mp4", "25", "-c:v libx264 -c:a aac"));
        Path section = folder.resolve("section.mkv");
        Path all = folder.resolve("all.mkv");

        assertSucceeds(
                CommandRun.of("convert", film, "-o", section, "--codec", "ffv1", "--from", "4", "--until", "0:05.5"));
        assertSucceeds(CommandRun.of("convert", film, "-o", all, "--codec", "ffv1", "--from", "0"));

        assertThat(videoTimes(section)).hasSize(75).first().isEqualTo(0.0);
        assertThat(pictures(section)).isEqualTo(pictures(all).subList(200, 275));
        assertThat(videoTimes(section).getLast()).isEqualTo(1.48);
        assertThat(probe(section, "a:0", "packet=pts_time")).hasSizeBetween(63, 66);
    }

    @Test
    void resumedOneGoesOnWithWhatIsThere() throws Exception {
        Path film = folder.resolve("slow.mp4");
        ffmpeg("-f", "lavfi", "-i", "testsrc2=size=64x48:rate=2:duration=130", "-c:v", "libx264", film.toString());
        Path output = folder.resolve("out.mp4");
        CommandRun plan = CommandRun.of("plan", film, "-o", output, "--quality", "30");
        Path planFile = Files.write(folder.resolve("plan.json"), plan.output());
        assertSucceeds(CommandRun.of("part", planFile, "1"));
        Path record = folder.resolve("out.mp4.parts/0001.json");
        String made = Files.readString(record);

        CommandRun resumed = CommandRun.of("convert", film, "-o", output, "--quality", "30", "--resume");

        assertSucceeds(resumed);
        assertThat(resumed.errors()).anyMatch(line -> line.contains("1 of 2 parts are there"));
        assertThat(made).contains("\"number\":1");
        assertThat(videoTimes(output)).hasSize(2 * 260 - 1).isSorted();
        assertThat(record).doesNotExist();
    }

    @Test
    void thatDoNotFitAreRefused() throws Exception {
        Kind kind = usual("", "a.mp4", "24", "-c:v libx264");
        Path film = film(kind);
        made(film, "out.mkv", kind, "3");
        Path plan = folder.resolve("out.mkv.json");
        Path record = folder.resolve("out.mkv.parts/0001.json");
        ObjectNode part = (ObjectNode) JSON.readTree(record.toFile());

        String good = part.toString();
        Files.writeString(record, good.replace("\"engine\":\"", "\"engine\":\"another "));
        assertRefused(CommandRun.of("join", plan), "another ");

        Files.writeString(record, part.deepCopy().put("before", 5).toString());
        assertRefused(CommandRun.of("join", plan), "do not fit");

        Files.delete(record);
        assertRefused(CommandRun.of("join", plan), "1 of 3 parts are missing");

        Files.writeString(record, good);
        Files.write(film, new byte[1], StandardOpenOption.APPEND);
        assertRefused(CommandRun.of("join", plan), "is another film than the one of");
        assertThat(folder.resolve("out.mkv")).doesNotExist();
        assertThat(folder.resolve("out.mkv.part")).doesNotExist();
    }

    @Test
    void aBroadcastIsOnePart() throws Exception {
        Kind kind = usual("", "a.ts", "25", "-c:v libx264");
        List<JsonNode> parts = made(film(kind), "out.mkv", kind, "3");

        JsonNode plan = JSON.readTree(folder.resolve("out.mkv.json").toFile());
        assertThat(plan.get("note").asText()).startsWith("one part: GStreamer cannot go to a frame of such a file");
        assertThat(parts).hasSize(1);
        assertSucceeds(CommandRun.of("join", folder.resolve("out.mkv.json")));
        assertThat(videoTimes(folder.resolve("out.mkv"))).hasSize(399);
    }

    private Path film(Kind kind) throws IOException, InterruptedException {
        Path film = folder.resolve(kind.file());
        ffmpeg(Stream.concat(kind.source().stream(), Stream.of("-pix_fmt", "yuv420p", film.toString()))
                .toArray(String[]::new));
        return film;
    }

    /** The records of all parts of a plan. */
    private List<JsonNode> made(Path film, String output, Kind kind, String partLength) throws IOException {
        var words = new ArrayList<Object>(List.of("plan", film, "-o", folder.resolve(output), "--codec", "ffv1"));
        words.addAll(List.of("--part-length", partLength));
        words.addAll(kind.options());
        CommandRun plan = CommandRun.of(words.toArray());
        assertSucceeds(plan);
        Path file = Files.write(folder.resolve(output + ".json"), plan.output());
        int count = Math.max(1, JSON.readTree(file.toFile()).get("parts").size());
        List<JsonNode> records = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            assertSucceeds(CommandRun.of("part", file, number));
            records.add(JSON.readTree(folder.resolve(output + ".parts")
                    .resolve("%04d.json".formatted(number))
                    .toFile()));
        }
        return records;
    }

    /**
     * When each frame is shown and for how long, in nanoseconds. Behind a seek, Matroska's demuxer says of the film's last frame how
     * long it lasts to the millisecond, without one as the rate has it.
     */
    private static List<String> times(List<JsonNode> records) {
        List<String> times = records.stream()
                .flatMap(record -> record.get("packets").valueStream())
                .map(packet -> packet.get("pts") + " for " + packet.get("duration"))
                .collect(Collectors.toCollection(ArrayList::new));
        times.add(times.removeLast().replaceFirst(" for .*", ""));
        return times;
    }

    private List<String> hashes(String output, List<JsonNode> records) throws IOException, InterruptedException {
        List<String> hashes = new ArrayList<>();
        for (JsonNode record : records) {
            hashes.addAll(pictures(
                    folder.resolve(output + ".parts").resolve(record.get("file").asText())));
        }
        return hashes;
    }

    private static void assertSucceeds(CommandRun run) {
        assertThat(run.exitCode()).as("%s", run.errors()).isZero();
    }

    private static void assertRefused(CommandRun run, String reason) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).anyMatch(line -> line.contains(reason));
    }
}
