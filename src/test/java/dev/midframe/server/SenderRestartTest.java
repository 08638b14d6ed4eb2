package dev.midframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.midframe.film.model.FilmModels;
import dev.midframe.onnx.OnnxInterpolatorFactory;
import dev.midframe.server.WatchingClient.Unit;
import dev.midframe.testkit.OtherPrograms;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sender that dies and comes back, before pipelines/browser.gst with the real engine: the outputs go on all the time. */
class SenderRestartTest {
    private static final Duration SOON = Duration.ofSeconds(3);

    @TempDir
    private Path folder;

    private final OtherPrograms programs = new OtherPrograms();

    @Test
    void picturesAreBackSoonAfterAnRtpSenderIs() throws Exception {
        OtherPrograms.require("ffmpeg");
        int port = OtherPrograms.freePort();
        try (programs;
                RunningServer server = server("source-rtp.gst", "port = " + port)) {
            Process sender = rtpSender(port);
            WatchingClient client = new WatchingClient(server, "door");
            client.await(c -> real(c.units()) > 20);
            OtherPrograms.kill(sender);
            client.await(c -> said(c, "waiting") == 1 && c.units().getLast().repeated());
            assertThat(server.metric("midframe_stream_running{stream=\"door\"}"))
                    .isZero();

            long before = real(client.units());
            long restarted = System.nanoTime();
            rtpSender(port);
            client.await(c -> real(c.units()) > before);
            assertSoon(restarted, client);
            client.await(c -> real(c.units()) > before + 20);
            assertUninterrupted(client);
        }
    }

    @Test
    void picturesAreBackSoonAfterAnRtspServerIs() throws Exception {
        assumeTrue(RtspServer.installed(), "skipped: " + RtspServer.LIBRARY + " is not installed");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (programs;
                RunningServer server = server("source-rtsp.gst", "input = \"rtsp://127.0.0.1:" + port + "/cam\"")) {
            Process sender = RtspServer.start(programs, port);
            WatchingClient client = new WatchingClient(server, "door");
            client.await(c -> real(c.units()) > 20);
            OtherPrograms.kill(sender);
            // Long enough gone for the waits between the attempts to be at their longest.
            client.await(c -> said(c, "restarting") > 5 && c.units().getLast().repeated());

            long before = real(client.units());
            RtspServer.start(programs, port);
            long restarted = System.nanoTime();
            client.await(c -> real(c.units()) > before);
            assertSoon(restarted, client);
            client.await(c -> real(c.units()) > before + 20);
            assertUninterrupted(client);
        }
    }

    private RunningServer server(String source, String variables) throws IOException {
        Path pipelines = Path.of("pipelines").toAbsolutePath();
        return new RunningServer(
                folder,
                """
                streams { door { autostart = true, pipeline = "%s/browser.gst", variables { width = 160, height = 96 }
                  source { pipeline = "%s/%s", variables { %s } } } }
                """.formatted(pipelines, pipelines, source, variables),
                new OnnxInterpolatorFactory(FilmModels.ofUser(Map.of())));
    }

    /** Key frames are 250 frames apart, as ffmpeg makes them: who misses the first one waits for 17 s. */
    private Process rtpSender(int port) throws IOException {
        return programs.ffmpeg("-re -f lavfi -i testsrc2=size=160x96:rate=15 -c:v libx264 -preset ultrafast "
                + "-tune zerolatency -pix_fmt yuv420p -f rtp rtp://127.0.0.1:" + port);
    }

    private static long real(List<Unit> units) {
        return units.stream()
                .filter(unit -> !unit.repeated() && !unit.generated())
                .count();
    }

    private static long said(WatchingClient client, String state) {
        return client.texts("state").stream()
                .filter(text -> text.node().path("state").asText().equals(state))
                .count();
    }

    private static void assertSoon(long sinceNanos, WatchingClient client) {
        assertThat(Duration.ofNanos(System.nanoTime() - sinceNanos))
                .as("after the states %s", client.texts("state"))
                .isLessThan(SOON);
    }

    private static void assertUninterrupted(WatchingClient client) {
        List<Unit> units = client.units();
        for (int i = 1; i < units.size(); i++) {
            assertThat(units.get(i).sequence()).isEqualTo(units.get(i - 1).sequence() + 1);
            assertThat(units.get(i).pts()).isGreaterThan(units.get(i - 1).pts());
        }
        assertThat(client.texts("hello")).hasSize(1);
    }
}
