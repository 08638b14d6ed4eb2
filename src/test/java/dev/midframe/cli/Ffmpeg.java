package dev.midframe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** ffmpeg and ffprobe, to make files and to read back what the program wrote. */
final class Ffmpeg {

    private Ffmpeg() {}

    static void ffmpeg(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
        command.addAll(Arrays.asList(arguments));
        run(command);
    }

    /** One stream's entries, a packet or frame a line. */
    static List<String> probe(Path file, String stream, String entries) throws IOException, InterruptedException {
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
    static List<Double> videoTimes(Path file) throws IOException, InterruptedException {
        return probe(file, "v:0", "packet=pts_time").stream()
                .map(Double::parseDouble)
                .sorted()
                .toList();
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
        return output;
    }
}
