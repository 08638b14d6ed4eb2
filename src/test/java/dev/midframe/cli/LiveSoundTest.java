package dev.midframe.cli;

import static dev.midframe.testkit.Ffmpeg.ffmpeg;
import static dev.midframe.testkit.FlashAndBeep.H264;
import static dev.midframe.testkit.FlashAndBeep.PICTURES;
import static dev.midframe.testkit.FlashAndBeep.SOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.PipelineDescription;
import dev.midframe.testkit.Ffmpeg;
import dev.midframe.testkit.FlashAndBeep;
import dev.midframe.testkit.OtherPrograms;
import dev.midframe.testkit.Program;
import dev.midframe.testkit.RtmpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sound through the live files of pipelines/, between other programs, with the real engine: it stays with its pictures. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LiveSoundTest {
    private static final String AAC = "-c:a aac -b:a 96k ";
    private static final String TRANSPORT_STREAM = "-f mpegts -mpegts_flags +resend_headers ";

    @TempDir
    private Path folder;

    private final OtherPrograms programs = new OtherPrograms();

    @AfterEach
    void programsEnd() {
        programs.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"aac", "libmp3lame", "ac3"})
    void mpegTransportStreamOverUdp(String codec) throws Exception {
        int in = OtherPrograms.freePort();
        int out = OtherPrograms.freePort();
        run("mpegts-udp.gst", "port=" + in, "to=" + out);
        programs.ffmpeg(film("-c:a " + codec), TRANSPORT_STREAM + "udp://127.0.0.1:" + in + "?pkt_size=1316");
        FlashAndBeep.assertTogether(received("ts", "-f mpegts -i udp://127.0.0.1:" + out));
    }

    @Test
    void srt() throws Exception {
        String in = "srt://127.0.0.1:" + OtherPrograms.freePort();
        String out = "srt://127.0.0.1:" + OtherPrograms.freePort();
        run("srt.gst", "input=" + in + "?mode=listener", "output=" + out + "?mode=listener");
        programs.ffmpegAgainAndAgain(film(AAC), TRANSPORT_STREAM + in);
        FlashAndBeep.assertTogether(received("ts", "-f mpegts -i " + out));
    }

    @Test
    void hls() throws Exception {
        Path film = folder.resolve("film.mp4");
        ffmpeg((PICTURES + SOUND + H264 + AAC + "-t 8 " + film).split(" "));
        Path web = Files.createDirectory(folder.resolve("web"));
        Process program = run("hls.gst", "input=" + film.toUri(), "folder=" + web, "seconds=1");
        assertThat(program.waitFor()).isZero();
        Path whole = folder.resolve("whole.ts");
        for (String line : Files.readAllLines(web.resolve("playlist.m3u8"))) {
            if (line.endsWith(".ts")) {
                append(whole, Files.readAllBytes(web.resolve(line)));
            }
        }
        FlashAndBeep.assertTogether(whole);
    }

    @Test
    void rtmp() throws Exception {
        try (RtmpServer server = new RtmpServer(Files.createDirectory(folder.resolve("nginx")))) {
            programs.ffmpegAgainAndAgain(film(AAC), "-f flv " + server.address("live/in"));
            run("rtmp.gst", "input=" + server.address("live/in"), "output=" + server.address("live/out"));
            FlashAndBeep.assertTogether(received("flv", "-rw_timeout 15000000 -i " + server.address("live/out")));
        }
    }

    @Test
    void rtmpOfPicturesAlone() throws Exception {
        try (RtmpServer server = new RtmpServer(Files.createDirectory(folder.resolve("nginx")))) {
            programs.ffmpegAgainAndAgain("-re " + PICTURES + H264 + "-f flv " + server.address("live/in"));
            run("rtmp.gst", "input=" + server.address("live/in"), "output=" + server.address("live/out"));
            Path received = received("flv", "-rw_timeout 15000000 -i " + server.address("live/out"));
            assertThat(Ffmpeg.videoTimes(received)).hasSizeGreaterThan(100);
        }
    }

    @Test
    void aRefusedKeyIsOneLineThatDoesNotHoldIt() throws Exception {
        try (RtmpServer server = new RtmpServer(Files.createDirectory(folder.resolve("nginx")))) {
            programs.ffmpegAgainAndAgain(film(AAC), "-f flv " + server.address("live/in"));
            var result = Program.run(
                    folder,
                    "run",
                    pipeline("rtmp.gst"),
                    "input=" + server.address("live/in"),
                    "output=" + server.address("closed/live_4711_s3cr3t"));
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.output().lines().filter(line -> line.startsWith("midframe: ")))
                    .singleElement()
                    .asString()
                    .startsWith("midframe: rtmp2sink: ");
            assertThat(result.output()).doesNotContain("s3cr3t");
        }
    }

    /** Both sessions, with the RTCP that says which sound belongs to which picture; the sender ends and another comes. */
    @Test
    void rtpInTwoSessions() throws Exception {
        Path film = folder.resolve("film.mkv");
        ffmpeg((PICTURES + SOUND + H264 + "-c:a libopus -t 30 " + film).split(" "));
        List<Integer> in = ports();
        List<Integer> out = ports();
        run(
                "rtp.gst",
                "port=" + in.get(0),
                "rtcp=" + in.get(1),
                "sound=" + in.get(2),
                "sound-rtcp=" + in.get(3),
                "to=" + out.get(0),
                "to-rtcp=" + out.get(1),
                "to-sound=" + out.get(2),
                "to-sound-rtcp=" + out.get(3));
        Path sdp = folder.resolve("out.sdp");
        Files.writeString(
                sdp,
                Files.readString(Path.of("pipelines/rtp.sdp"))
                        .replace("5006", "" + out.get(0))
                        .replace("5010", "" + out.get(2)));
        for (int sender = 1; sender <= 2; sender++) {
            try (MediaPipeline sends = rtpSender(film, in)) {
                sends.play();
                // Until the first RTCP has come nobody knows what belongs together; it comes within five seconds.
                FlashAndBeep.assertTogether(
                        received(14, "mkv", "-protocol_whitelist file,udp,rtp -i " + sdp.toAbsolutePath()));
            }
        }
    }

    private static MediaPipeline rtpSender(Path film, List<Integer> ports) {
        return MediaPipeline.launch(PipelineDescription.of(
                """
                rtpbin name=rtp filesrc location=${film} ! matroskademux name=film
                film. ! queue ! h264parse ! clocksync ! rtph264pay pt=96 config-interval=-1 ! rtp.send_rtp_sink_0
                film. ! queue ! opusparse ! clocksync ! rtpopuspay pt=97 ! rtp.send_rtp_sink_1
                rtp.send_rtp_src_0 ! udpsink host=127.0.0.1 port=${a} sync=false
                rtp.send_rtcp_src_0 ! udpsink host=127.0.0.1 port=${b} sync=false async=false
                rtp.send_rtp_src_1 ! udpsink host=127.0.0.1 port=${c} sync=false
                rtp.send_rtcp_src_1 ! udpsink host=127.0.0.1 port=${d} sync=false async=false
                """,
                Map.of(
                        "film", film.toString(),
                        "a", "" + ports.get(0),
                        "b", "" + ports.get(1),
                        "c", "" + ports.get(2),
                        "d", "" + ports.get(3))));
    }

    /** Of two sessions: packets and RTCP of the pictures, packets and RTCP of the sound. */
    private static List<Integer> ports() throws IOException {
        List<Integer> ports = new ArrayList<>();
        while (ports.size() < 4) {
            int port = OtherPrograms.freePort();
            if (!ports.contains(port)) {
                ports.addAll(List.of(port, port + 1));
            }
        }
        return ports;
    }

    private static String film(String sound) {
        return "-re " + PICTURES + "-re " + SOUND + H264 + sound;
    }

    private Path received(String container, String from) throws Exception {
        return received(8, container, from);
    }

    /** So much of what can be had at an address, as it comes. */
    private Path received(int seconds, String container, String from) throws Exception {
        Path file = folder.resolve("received." + container);
        Process receiver = programs.ffmpegAgainAndAgain(from + " -t " + seconds + " -c copy", file);
        assertThat(receiver.waitFor(100, TimeUnit.SECONDS)).isTrue();
        return file;
    }

    private Process run(String name, String... variables) throws IOException {
        var words = new ArrayList<>(List.of("run", pipeline(name)));
        words.addAll(List.of(variables));
        return programs.start(Program.builder(folder, words.toArray(String[]::new))
                .redirectOutput(folder.resolve("midframe.log").toFile()));
    }

    private static String pipeline(String name) {
        return Path.of("pipelines", name).toAbsolutePath().toString();
    }

    private static void append(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
