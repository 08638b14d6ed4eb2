package dev.midframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.server.WatchingClient.Text;
import dev.midframe.server.WatchingClient.Unit;
import dev.midframe.server.config.ServerConfig;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server over real sockets and real pipelines. */
class ServerTest {
    private static final String RUNNING = "streams { cam { pipeline = picture.gst, autostart = true } }";

    @TempDir
    private Path folder;

    @Test
    void aClientIsToldTheFormatAndBeginsWithAKeyFrame() throws Exception {
        try (RunningServer server = new RunningServer(folder, RUNNING)) {
            WatchingClient client = new WatchingClient(server, "cam");
            client.awaitUnits(20);
            Text hello = client.texts("hello").getFirst();
            assertThat(hello.node().at("/format/codec").asText()).startsWith("avc1.42C0");
            assertThat(hello.node().at("/format/width").asInt()).isEqualTo(160);
            assertThat(hello.node().at("/format/rateNumerator").asInt()).isEqualTo(30);
            assertThat(client.messages().indexOf(hello))
                    .isLessThan(client.messages().indexOf(client.units().getFirst()));
            Unit first = client.units().getFirst();
            assertThat(first.key()).isTrue();
            assertThat(first.version()).isEqualTo(1);
            assertThat(first.header()).isEqualTo(24);
            assertThat(first.payload()).startsWith(0, 0, 0, 1);
            assertInOrder(client.units());
            assertThat(Math.abs(first.capture() / 1000 - Instant.now().toEpochMilli()))
                    .isLessThan(20_000);
        }
    }

    @Test
    void aClientThatJoinsLaterGetsAKeyFrameAtOnce() throws Exception {
        Files.writeString(folder.resolve("picture.gst"), RunningServer.PICTURE.replace("${gop:-30}", "100000"));
        try (RunningServer server = new RunningServer(folder, RUNNING)) {
            WatchingClient early = new WatchingClient(server, "cam");
            early.awaitUnits(30);
            WatchingClient late = new WatchingClient(server, "cam");
            late.awaitUnits(5);
            assertThat(late.units().getFirst().key()).isTrue();
        }
    }

    @Test
    void aClientMayAskForAKeyFrame() throws Exception {
        Files.writeString(folder.resolve("picture.gst"), RunningServer.PICTURE.replace("${gop:-30}", "100000"));
        try (RunningServer server = new RunningServer(folder, RUNNING)) {
            WatchingClient client = new WatchingClient(server, "cam");
            client.awaitUnits(15);
            long before = client.units().stream().filter(Unit::key).count();
            client.send("{\"type\":\"key\"}");
            client.await(c -> c.units().stream().filter(Unit::key).count() > before);
        }
    }

    @Test
    void whatIsNoCommandIsRefused() throws Exception {
        try (RunningServer server = new RunningServer(folder, RUNNING)) {
            WatchingClient curious = new WatchingClient(server, "cam");
            curious.send("{\"type\":\"dance\"}");
            curious.await(c -> !c.texts("error").isEmpty());
            WatchingClient wrong = new WatchingClient(server, "cam");
            wrong.send("no json");
            assertThat(wrong.closeStatus()).isEqualTo(1008);
            WatchingClient large = new WatchingClient(server, "cam");
            large.send("{\"type\":\"" + "x".repeat(5000) + "\"}");
            assertThat(large.closeStatus()).isIn(1009, 1006);
        }
    }

    @Test
    void theFullStreamTurnsClientsAway() throws Exception {
        try (RunningServer server = new RunningServer(
                folder, "streams { cam { pipeline = picture.gst, autostart = true, viewers = 1 } }")) {
            WatchingClient first = new WatchingClient(server, "cam");
            first.awaitUnits(1);
            assertThat(new WatchingClient(server, "cam").closeStatus()).isEqualTo(1013);
            first.close();
            server.await("/metrics", "midframe_clients{stream=\"cam\"} 0.0");
            new WatchingClient(server, "cam").awaitUnits(1);
        }
    }

    @Test
    void generatedPicturesAreMarkedAndCounted() throws Exception {
        Files.writeString(
                folder.resolve("picture.gst"),
                RunningServer.PICTURE.replace("! x264enc", "! midframe ! queue ! x264enc"));
        try (RunningServer server = new RunningServer(folder, RUNNING)) {
            WatchingClient client = new WatchingClient(server, "cam");
            client.awaitUnits(60);
            List<Unit> units = client.units();
            for (int i = 1; i < units.size(); i++) {
                assertThat(units.get(i).generated())
                        .isNotEqualTo(units.get(i - 1).generated());
            }
            assertThat(client.texts("hello")
                            .getFirst()
                            .node()
                            .at("/format/rateNumerator")
                            .asInt())
                    .isEqualTo(60);
            client.await(c -> c.texts("stats").stream()
                    .anyMatch(text -> text.node().at("/figures/generated").asInt() > 20
                            && text.node().path("engine").asText().startsWith("mean of two frames")));
            assertThat(server.metric("midframe_frames_out_total{kind=\"generated\",stream=\"cam\"}"))
                    .isGreaterThan(20);
            assertThat(server.metric("midframe_pair_latency_seconds_count{stream=\"cam\"}"))
                    .isGreaterThan(40);
        }
    }

    @Test
    void streamsAreStartedAndStoppedByName() throws Exception {
        try (RunningServer server = new RunningServer(folder, "streams { cam { pipeline = picture.gst } }")) {
            WatchingClient client = new WatchingClient(server, "cam");
            client.await(c -> c.texts("state").stream()
                    .anyMatch(text -> text.node().path("state").asText().equals("stopped")));
            assertThat(server.post("/api/streams/cam/start")).contains("\"name\":\"cam\"");
            client.awaitUnits(10);
            server.await("/api/streams/cam", "\"state\":\"running\"");
            server.post("/api/streams/cam/stop");
            server.await("/api/streams/cam", "\"state\":\"stopped\"");
            int until = client.units().size();
            server.post("/api/streams/cam/start");
            client.awaitUnits(until + 10);
            List<Unit> units = client.units();
            assertInOrder(units);
            assertThat(units.get(until).key()).isTrue();
        }
    }

    @Test
    void aStreamThatEndsIsStartedAgainAndKeepsItsClients() throws Exception {
        Files.writeString(
                folder.resolve("picture.gst"),
                RunningServer.PICTURE.replace("videotestsrc", "videotestsrc num-buffers=20"));
        try (RunningServer server = new RunningServer(folder, RUNNING)) {
            WatchingClient client = new WatchingClient(server, "cam");
            client.awaitUnits(50);
            assertInOrder(client.units());
            assertThat(client.texts("state"))
                    .anySatisfy(text ->
                            assertThat(text.node().path("state").asText()).isEqualTo("restarting"));
            assertThat(server.metric("midframe_stream_restarts_total{reason=\"ended\",stream=\"cam\"}"))
                    .isGreaterThanOrEqualTo(1);
        }
    }

    @Test
    void aSourceOfItsOwnIsStartedAgainWhileTheLastPictureIsRepeated() throws Exception {
        Files.writeString(
                folder.resolve("source.gst"),
                "videotestsrc is-live=true num-buffers=40 pattern=ball ! video/x-raw,width=160,height=96,framerate=20/1 "
                        + "! appsink name=frames sync=false max-buffers=4 drop=true\n");
        Files.writeString(
                folder.resolve("picture.gst"),
                "appsrc name=frames is-live=true format=time max-buffers=8 max-bytes=0 leaky-type=downstream "
                        + "! videoconvert ! midframe "
                        + RunningServer.PICTURE.substring(RunningServer.PICTURE.indexOf("! x264enc")));
        String config = "restart { first = 1s }\n"
                + "streams { cam { pipeline = picture.gst, source { pipeline = source.gst }, autostart = true } }";
        try (RunningServer server = new RunningServer(folder, config)) {
            WatchingClient client = new WatchingClient(server, "cam");
            client.await(c -> c.units().stream().filter(Unit::repeated).count() > 5);
            int repeated = client.units().size();
            client.await(c -> c.units().stream()
                            .skip(repeated)
                            .filter(unit -> !unit.repeated())
                            .count()
                    > 30);
            List<Unit> units = client.units();
            assertInOrder(units);
            for (int i = 1; i < units.size(); i++) {
                assertThat(units.get(i).sequence()).isEqualTo(units.get(i - 1).sequence() + 1);
            }
            assertThat(client.texts("hello")).hasSize(1);
            assertThat(client.texts("state"))
                    .extracting(text -> text.node().path("state").asText())
                    .contains("restarting", "running");
            assertThat(units).anyMatch(Unit::generated);
        }
    }

    @Test
    void aSourceOfItsOwnNeedsAnAppsrcToGoTo() throws Exception {
        Files.writeString(folder.resolve("source.gst"), "videotestsrc ! appsink name=frames\n");
        try (RunningServer server = new RunningServer(
                folder,
                "streams { cam { pipeline = picture.gst, source { pipeline = source.gst }, autostart = true } }")) {
            server.await("/api/streams/cam", "a stream with a source of its own begins with: appsrc name=frames");
        }
    }

    @Test
    void aPipelineThatCannotRunIsToldInWordsAndNotTriedAgainBeforeSomebodyAsks() throws Exception {
        Files.writeString(folder.resolve("picture.gst"), "nosuchelement ! appsink name=websocket\n");
        try (RunningServer server = new RunningServer(folder, RUNNING)) {
            server.await("/api/streams/cam", "nosuchelement");
            assertThat(server.get("/api/streams/cam")).contains("\"state\":\"stopped\"");
            assertThat(server.get("/readyz")).contains("does not run yet");
            Files.writeString(folder.resolve("picture.gst"), RunningServer.PICTURE);
            server.post("/api/streams/cam/start");
            server.await("/readyz", "ready\n");
            assertThat(server.metric("midframe_stream_restarts_total{reason=\"cannot start\",stream=\"cam\"}"))
                    .isZero();
        }
    }

    /** A camera that is off is no fault of the server. */
    @Test
    void aSourceThatIsNotThereKeepsNoServerUnready() throws Exception {
        Files.writeString(
                folder.resolve("picture.gst"),
                RunningServer.PICTURE.replace(
                        "videotestsrc is-live=true pattern=${pattern:-ball} ",
                        "tcpclientsrc host=127.0.0.1 port=1 ! rawvideoparse width=160 height=96 framerate=30/1 "));
        try (RunningServer server = new RunningServer(folder, RUNNING)) {
            server.await("/api/streams/cam", "\"state\":\"restarting\"");
            assertThat(server.get("/readyz")).isEqualTo("ready\n");
            assertThat(server.get("/readyz?stream=cam")).contains("does not run yet");
        }
    }

    @Test
    void eachStreamTellsForItselfWhetherItIsReady() throws Exception {
        Files.writeString(folder.resolve("broken.gst"), "nosuchelement ! appsink name=websocket\n");
        String both = "streams { cam { pipeline = picture.gst, autostart = true }\n"
                + "broken { pipeline = broken.gst, autostart = true } }";
        try (RunningServer server = new RunningServer(folder, both)) {
            server.await("/readyz?stream=cam", "ready\n");
            assertThat(server.get("/readyz?stream=broken")).contains("does not run yet");
            assertThat(server.get("/readyz?stream=nobody")).contains("no stream of this name");
            assertThat(server.get("/readyz")).contains("does not run yet");
        }
    }

    @Test
    void aPipelineWithoutItsSinkIsToldWhatToDo() throws Exception {
        Files.writeString(folder.resolve("picture.gst"), "videotestsrc ! fakesink\n");
        try (RunningServer server = new RunningServer(folder, RUNNING)) {
            server.await("/api/streams/cam", "has no appsink name=websocket");
        }
    }

    @Test
    void closingTakesLessThanFiveSecondsAndTellsTheClients() throws Exception {
        RunningServer server = new RunningServer(folder, RUNNING);
        WatchingClient client = new WatchingClient(server, "cam");
        client.awaitUnits(5);
        Instant begin = Instant.now();
        server.close();
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(5));
        assertThat(client.closeStatus()).isEqualTo(1001);
    }

    @Test
    void anAddressInUseIsToldInOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            Files.writeString(folder.resolve("picture.gst"), RunningServer.PICTURE);
            Path file = folder.resolve("taken.conf");
            Files.writeString(
                    file,
                    "server { address = \"0.0.0.0\", token = 0123456789abcdef, port = " + taken.getLocalPort()
                            + " }\nstreams { cam { pipeline = picture.gst } }");
            try (Server server = new Server(ServerConfig.read(file))) {
                assertThatThrownBy(server::start)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("cannot listen on 0.0.0.0:" + taken.getLocalPort());
            }
        }
    }

    private static void assertInOrder(List<Unit> units) {
        for (int i = 1; i < units.size(); i++) {
            assertThat(units.get(i).sequence()).isGreaterThan(units.get(i - 1).sequence());
            assertThat(units.get(i).pts()).isGreaterThan(units.get(i - 1).pts());
        }
    }
}
