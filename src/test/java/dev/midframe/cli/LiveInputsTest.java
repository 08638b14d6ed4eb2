package dev.midframe.cli;

import static dev.midframe.testkit.Ffmpeg.ffmpeg;
import static dev.midframe.testkit.FlashAndBeep.H264;
import static dev.midframe.testkit.FlashAndBeep.PICTURES;
import static dev.midframe.testkit.FlashAndBeep.SOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.testkit.Ffmpeg;
import dev.midframe.testkit.OtherPrograms;
import dev.midframe.testkit.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What live senders do wrong with their sound: the pictures go on, and what can be told is told in one line. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LiveInputsTest {
    private static final String AAC = "-c:a aac -b:a 96k ";

    @TempDir
    private Path folder;

    private final OtherPrograms programs = new OtherPrograms();

    @AfterEach
    void programsEnd() {
        programs.close();
    }

    @Test
    void soundWithoutPicturesIsOneLine() throws Exception {
        int in = OtherPrograms.freePort();
        programs.ffmpeg("-re " + SOUND + AAC + "-f mpegts udp://127.0.0.1:" + in + "?pkt_size=1316");
        var result = Program.run(folder, "run", pipeline(), "port=" + in, "to=" + OtherPrograms.freePort());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output().lines().filter(line -> line.startsWith("midframe: ")))
                .containsExactly("midframe: the input has no video stream; nothing to interpolate");
    }

    @Test
    void picturesGoOnWhereSoundStops() throws Exception {
        Path film = folder.resolve("film.ts");
        ffmpeg((PICTURES + "-t 5 " + SOUND + H264 + AAC + "-t 25 " + film).split(" "));
        assertPicturesGoOn(film);
    }

    @Test
    void picturesGoOnWhereSoundChangesItsRate() throws Exception {
        Path first = folder.resolve("first.ts");
        Path second = folder.resolve("second.ts");
        ffmpeg((PICTURES + SOUND + H264 + AAC + "-t 5 " + first).split(" "));
        ffmpeg((PICTURES + SOUND + H264 + AAC + "-ar 48000 -t 20 -output_ts_offset 5 " + second).split(" "));
        Path film = folder.resolve("film.ts");
        Files.write(film, Files.readAllBytes(first));
        Files.write(film, Files.readAllBytes(second), StandardOpenOption.APPEND);
        assertPicturesGoOn(film);
    }

    /** Through the pipeline, as it comes; no picture is more than a fifth of a second after the one before. */
    private void assertPicturesGoOn(Path film) throws Exception {
        int in = OtherPrograms.freePort();
        int out = OtherPrograms.freePort();
        programs.start(Program.builder(folder, "run", pipeline(), "port=" + in, "to=" + out)
                .redirectOutput(folder.resolve("midframe.log").toFile()));
        // By itself ffmpeg sends nothing for ten seconds where a stream stops: it waits for what belongs between.
        programs.ffmpeg(
                "-re -i",
                film,
                "-c copy -max_interleave_delta 100000 -f mpegts udp://127.0.0.1:" + in + "?pkt_size=1316");
        Path received = folder.resolve("received.ts");
        Process receiver = programs.ffmpegAgainAndAgain(
                "-f mpegts -i udp://127.0.0.1:" + out + " -map 0:v -t 13 -c copy -f mpegts", received);
        assertThat(receiver.waitFor(100, TimeUnit.SECONDS)).isTrue();
        List<Double> times = Ffmpeg.videoTimes(received);
        assertThat(times).hasSizeGreaterThan(250);
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isLessThan(0.2);
        }
    }

    private static String pipeline() {
        return Path.of("pipelines/mpegts-udp.gst").toAbsolutePath().toString();
    }
}
