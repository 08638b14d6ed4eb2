package dev.midframe.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** ffmpeg and ffprobe, to make files and to read back what the program wrote. */
public final class Ffmpeg {

    private Ffmpeg() {}

    public static void ffmpeg(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
        command.addAll(Arrays.asList(arguments));
        run(command);
    }

    /** One stream's entries, a packet or frame a line. */
    public static List<String> probe(Path file, String stream, String entries)
            throws IOException, InterruptedException {
        return run(List.of(
                        "ffprobe",
                        "-v",
                        "error",
                        "-select_streams",
                        stream,
                        "-show_entries",
                        entries,
                        "-show_data_hash",
                        "md5",
                        "-of",
                        "csv=p=0",
                        file.toString()))
                .lines()
                .map(line -> line.replaceFirst(",+$", ""))
                .filter(line -> !line.isBlank())
                .toList();
    }

    /** Presentation times of the video's packets in seconds, in order. */
    public static List<Double> videoTimes(Path file) throws IOException, InterruptedException {
        return probe(file, "v:0", "packet=pts_time").stream()
                .map(Double::parseDouble)
                .sorted()
                .toList();
    }

    /** A hash of every decoded picture of the video, in order. */
    public static List<String> pictures(Path file) throws IOException, InterruptedException {
        return run(List.of(
                        "ffmpeg",
                        "-nostdin",
                        "-v",
                        "error",
                        "-i",
                        file.toString(),
                        "-map",
                        "0:v:0",
                        "-fps_mode",
                        "passthrough",
                        "-f",
                        "framemd5",
                        "-"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
                .toList();
    }

    /** Time and content of every sound packet that is presented: an encoder's priming before time 0 is not. */
    public static List<String> soundHeardFrom(Path file) throws IOException, InterruptedException {
        return probe(file, "a:0", "packet=pts_time,data_hash").stream()
                .filter(line -> Character.isDigit(line.charAt(0)))
                .toList();
    }

    /**
     * Every sound packet is heard at its time, but for the last: that is the encoder's remainder of some milliseconds, and
     * the MP4 elements of GStreamer 1.22 leave it out, with midframe or without; those of 1.26 keep it.
     */
    public static void assertSoundKept(Path film, Path output) throws IOException, InterruptedException {
        List<String> before = soundHeardFrom(film);
        List<String> after = soundHeardFrom(output);
        assertThat(after).hasSizeBetween(before.size() - 1, before.size()).isEqualTo(before.subList(0, after.size()));
    }

    /** The mean brightness of every picture of the video, 0 to 255, in order. */
    public static int[] brightness(Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "ffmpeg",
                        "-nostdin",
                        "-v",
                        "error",
                        "-i",
                        file.toString(),
                        "-map",
                        "0:v:0",
                        "-fps_mode",
                        "passthrough",
                        "-vf",
                        "scale=1:1:flags=area,format=gray",
                        "-f",
                        "rawvideo",
                        "-")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] levels = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        return IntStream.range(0, levels.length).map(i -> levels[i] & 0xff).toArray();
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
        return output;
    }
}
