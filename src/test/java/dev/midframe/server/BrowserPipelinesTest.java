package dev.midframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.midframe.film.model.FilmModels;
import dev.midframe.onnx.OnnxInterpolatorFactory;
import dev.midframe.server.WatchingClient.Unit;
import dev.midframe.testkit.OtherPrograms;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of pipelines/ that are whole streams for browsers, with the real engine. */
class BrowserPipelinesTest {
    @TempDir
    private Path folder;

    @Test
    void websocket() throws Exception {
        try (RunningServer server = server("websocket.gst", "overload = block, fps = 10, width = 160, height = 96")) {
            WatchingClient client = new WatchingClient(server, "cam");
            assertMovesAtTwiceItsRate(client, 10);
            assertThat(client.units()).anyMatch(Unit::generated);
            assertThat(client.packets()).as("nobody asked for sound").isEmpty();
            assertSoundComesWhenItIsAskedFor(client);
        }
    }

    private static void assertSoundComesWhenItIsAskedFor(WatchingClient client) throws InterruptedException {
        client.send("{\"type\":\"sound\",\"on\":true}");
        client.await(c -> c.packets().size() > 50);
        assertThat(client.texts("sound")).singleElement().satisfies(text -> {
            JsonNode format = text.node().path("format");
            assertThat(format.path("codec").asText()).isEqualTo("opus");
            assertThat(format.path("sampleRate").asInt()).isEqualTo(48_000);
        });
        List<Unit> packets = client.packets();
        for (int i = 1; i < packets.size(); i++) {
            assertThat(packets.get(i).sequence()).isEqualTo(packets.get(i - 1).sequence() + 1);
            assertThat(packets.get(i).pts() - packets.get(i - 1).pts()).isBetween(15_000L, 25_000L);
        }
        // On one clock with the pictures, which take a little longer.
        assertThat(packets.getLast().pts() - client.units().getLast().pts()).isBetween(-1_000_000L, 5_000_000L);
    }

    @Test
    void rtspCameraThatComesLateAndComesAgain() throws Exception {
        assumeTrue(RtspServer.installed(), "skipped: " + RtspServer.LIBRARY + " is not installed");
        int port = freePort();
        try (OtherPrograms programs = new OtherPrograms();
                RunningServer server = server(
                        "rtsp.gst",
                        "overload = block, width = 160, height = 96, input = \"rtsp://127.0.0.1:" + port + "/cam\"")) {
            WatchingClient client = new WatchingClient(server, "cam");
            client.await(c -> says(c, "restarting"));
            Process camera = RtspServer.start(programs, port);
            assertMovesAtTwiceItsRate(client, 15);
            assertThat(client.units()).anyMatch(Unit::generated).anyMatch(unit -> !unit.generated());

            OtherPrograms.kill(camera);
            server.await("/api/streams/cam", "restarting");
            int before = client.units().size();
            RtspServer.start(programs, port);
            client.await(c -> c.units().size() > before + 20);
        }
    }

    /** Without a gap, and half as far apart as the source's pictures. */
    private static void assertMovesAtTwiceItsRate(WatchingClient client, int rate) throws InterruptedException {
        client.await(c -> c.units().size() > 40);
        List<Unit> units = client.units();
        for (int i = 1; i < units.size(); i++) {
            assertThat(units.get(i).sequence()).isEqualTo(units.get(i - 1).sequence() + 1);
            assertThat(units.get(i).pts()).isGreaterThan(units.get(i - 1).pts());
        }
        List<Long> steps = new ArrayList<>();
        for (int i = 1; i < units.size(); i++) {
            steps.add(units.get(i).pts() - units.get(i - 1).pts());
        }
        steps.sort(null);
        long half = 1_000_000 / (2 * rate);
        assertThat(steps.get(steps.size() / 2)).isBetween(half * 3 / 4, half * 5 / 4);
    }

    private static boolean says(WatchingClient client, String state) {
        return client.texts("state").stream()
                .anyMatch(text -> text.node().path("state").asText().equals(state));
    }

    private RunningServer server(String pipeline, String variables) throws IOException {
        return new RunningServer(
                folder,
                "streams { cam { autostart = true, pipeline = \"%s\", variables { %s } } }"
                        .formatted(Path.of("pipelines", pipeline).toAbsolutePath(), variables),
                new OnnxInterpolatorFactory(FilmModels.ofUser(Map.of())));
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
