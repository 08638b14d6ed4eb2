package dev.midframe.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midframe.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The odd films that people have, made by {@code make.sh} of the folder MIDFRAME_CASES (default {@code ../shared/cases}), all
 * converted at once and read back by ffprobe. Tests are skipped without that folder.
 */
class CasesTest {

    private static final double MILLISECOND = 0.001;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is no film, and what of it is said. */
    private static final Map<String, String> REFUSED = Map.of(
            "empty.mp4", "is no film that can be read",
            "text.mp4", "is no film that can be read",
            "mp4_truncated_no_moov.mp4", "is no film that can be read",
            "mkv_ffv1_gray10.mkv", "a pixel format that GStreamer does not know; convert it first");

    /** Not every packet of these can be decoded or is shown, or their own times jump. */
    private static final Set<String> UNLIKE = Set.of(
            "ts_jump_forward.ts",
            "ts_jump_back.ts",
            "ts_packet_loss.ts",
            "mp4_corrupt_middle.mp4",
            "cut_ss_copy.mp4",
            "mov_edit_list_cut.mov",
            "ts_size_change.ts",
            "mkv_cover_as_video_first.mkv",
            "mkv_wrong_default_duration.mkv",
            "avi_xvid_packed_bframes.avi");

    @TempDir
    static Path folder;

    private static List<JsonNode> results = List.of();

    @BeforeAll
    static void convertAll() throws Exception {
        String given = System.getenv("MIDFRAME_CASES");
        Path script = Path.of(given == null ? "../shared/cases" : given).resolve("make.sh");
        assumeTrue(Files.isRegularFile(script), "no cases at " + script + ": set MIDFRAME_CASES");
        Path cases = Files.createDirectory(folder.resolve("cases"));
        Path output = Files.createDirectory(folder.resolve("out"));
        // It says what this ffmpeg cannot make, which is then not there.
        new ProcessBuilder("bash", script.toString(), cases.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("made").toFile())
                .start()
                .waitFor();
        var run = CommandRun.of("convert", cases, "-o", output, "--json");
        List<JsonNode> lines = new ArrayList<>();
        for (String line : run.output()) {
            lines.add(JSON.readTree(line));
        }
        results = lines;
    }

    @TestFactory
    Stream<DynamicTest> everyFilmIsConvertedOrRefusedInOneLine() {
        assertThat(results).hasSizeGreaterThan(100);
        return results.stream().map(result -> DynamicTest.dynamicTest(name(result), () -> check(result)));
    }

    private static void check(JsonNode result) throws IOException, InterruptedException {
        String name = name(result);
        Path output = Path.of(result.get("output").textValue());
        if (REFUSED.containsKey(name)) {
            assertThat(result.get("error").textValue())
                    .contains(REFUSED.get(name))
                    .doesNotContain("\n");
            assertThat(output).doesNotExist();
            return;
        }
        assertThat(result.get("ok").booleanValue()).as("%s", result).isTrue();
        Probe before = Probe.of(Path.of(result.get("input").textValue()));
        Probe after = Probe.of(output);
        long in = result.get("framesIn").longValue();
        if (!UNLIKE.contains(name)) {
            assertThat(in).as("frames in").isEqualTo(before.shown("v:0").size());
            assertThat(after.packets("v:0")).as("frames out").hasSize((int) (2 * in - 1));
            if (!name.startsWith("raw_")) {
                // Those have no times of their own.
                assertThat(after.length("v:0")).isCloseTo(before.length("v:0"), within(1.5 * MILLISECOND));
            }
        }
        List<JsonNode> sounds = before.sounds();
        assertThat(after.sounds()).as("sound tracks").hasSameSizeAs(sounds);
        for (int i = 0; i < sounds.size(); i++) {
            checkSound(name, before, after, i);
        }
    }

    private static void checkSound(String name, Probe before, Probe after, int number) {
        String stream = "a:" + number;
        boolean copied = codec(before, number).equals(codec(after, number));
        if (copied && !name.equals("ts_packet_loss.ts")) {
            // A broadcast's AAC packets lose a header in MP4, their number stays.
            assertThat(after.packets(stream)).hasSameSizeAs(before.packets(stream));
            if (!name.endsWith(".ts")) {
                assertThat(after.hashes(stream)).isEqualTo(before.hashes(stream));
            }
        }
        if (copied && !name.startsWith("ts_jump")) {
            assertThat(after.first(stream) - after.first("v:0"))
                    .as("how much later the sound begins")
                    .isCloseTo(before.first(stream) - before.first("v:0"), within(1.5 * MILLISECOND));
        }
        if (!copied) {
            assertThat(after.length(stream)).isCloseTo(before.length(stream), within(0.05));
        }
    }

    private static String codec(Probe probe, int number) {
        return probe.sounds().get(number).get("codec_name").textValue();
    }

    private static String name(JsonNode result) {
        return Path.of(result.get("input").textValue()).getFileName().toString();
    }

    /**
     * What ffprobe finds in a file.
     *
     * @param streams all of them
     * @param packets all of them, with their hashes
     */
    private record Probe(List<JsonNode> streams, List<JsonNode> packets) {

        static Probe of(Path file) throws IOException, InterruptedException {
            Process process = new ProcessBuilder(
                            "ffprobe",
                            "-v",
                            "quiet",
                            "-of",
                            "json",
                            "-show_streams",
                            "-show_packets",
                            "-show_data_hash",
                            "md5",
                            file.toString())
                    .start();
            JsonNode found = JSON.readTree(process.getInputStream());
            process.waitFor();
            return new Probe(list(found, "streams"), list(found, "packets"));
        }

        private static List<JsonNode> list(JsonNode found, String name) {
            return StreamSupport.stream(found.path(name).spliterator(), false).toList();
        }

        List<JsonNode> sounds() {
            return streams.stream()
                    .filter(stream -> stream.get("codec_type").textValue().equals("audio"))
                    .toList();
        }

        /** Of the first video track, or of a sound track. */
        List<JsonNode> packets(String stream) {
            String kind = stream.startsWith("v") ? "video" : "audio";
            int index = streams.stream()
                    .filter(found -> found.get("codec_type").textValue().equals(kind))
                    .skip(Long.parseLong(stream.substring(2)))
                    .findFirst()
                    .orElseThrow()
                    .get("index")
                    .intValue();
            return packets.stream()
                    .filter(packet -> packet.get("stream_index").intValue() == index)
                    .toList();
        }

        List<String> hashes(String stream) {
            return packets(stream).stream()
                    .map(packet -> packet.get("data_hash").textValue())
                    .toList();
        }

        /** Those that are not only decoded. */
        List<JsonNode> shown(String stream) {
            return packets(stream).stream()
                    .filter(packet -> !packet.get("flags").textValue().contains("D"))
                    .toList();
        }

        double first(String stream) {
            return shown(stream).stream().mapToDouble(Probe::time).min().orElseThrow();
        }

        /** From the first to the last time. */
        double length(String stream) {
            return shown(stream).stream().mapToDouble(Probe::time).max().orElseThrow() - first(stream);
        }

        private static double time(JsonNode packet) {
            JsonNode time = packet.has("pts_time") ? packet.get("pts_time") : packet.get("dts_time");
            return time == null ? 0 : Double.parseDouble(time.textValue());
        }
    }
}
