package dev.midframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.server.WatchingClient.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration, read again while the server runs. */
class ReloadTest {

    @TempDir
    private Path folder;

    private static String streams(String... blocks) {
        return "streams {\n" + String.join("\n", blocks) + "\n}";
    }

    private static String stream(String name, int width) {
        return name + " { pipeline = picture.gst, variables { width = " + width + " }, autostart = true }";
    }

    private void configure(String config) throws Exception {
        Files.writeString(folder.resolve("server.conf"), "server.port = 0\n" + config);
    }

    private static List<Integer> widths(WatchingClient client) {
        return client.texts("hello").stream()
                .map(Text::node)
                .map(node -> node.at("/format/width").asInt())
                .toList();
    }

    @Test
    void onlyStreamsThatHaveChangedAreStartedAgain() throws Exception {
        try (RunningServer server = new RunningServer(folder, streams(stream("same", 160), stream("other", 160)))) {
            WatchingClient same = new WatchingClient(server, "same");
            WatchingClient other = new WatchingClient(server, "other");
            same.awaitUnits(5);
            other.awaitUnits(5);
            int before = same.texts("state").size();
            configure(streams(stream("same", 160), stream("other", 192)));

            server.post("/api/reload");
            server.await("/api/reload", "\"state\":\"done\",\"message\":\"\",\"changed\":[\"other\"]");
            other.await(client -> widths(client).contains(192));
            same.awaitUnits(same.units().size() + 5);

            assertThat(same.texts("state")).as("changes of state").hasSize(before);
        }
    }

    @Test
    void aPipelineFileThatHasChangedIsAChange() throws Exception {
        try (RunningServer server = new RunningServer(folder, streams(stream("cam", 160)))) {
            WatchingClient client = new WatchingClient(server, "cam");
            client.awaitUnits(5);
            Files.writeString(folder.resolve("picture.gst"), RunningServer.PICTURE.replace("height=96", "height=80"));

            server.post("/api/reload");
            client.await(c -> c.texts("hello").stream()
                    .anyMatch(hello -> hello.node().at("/format/height").asInt() == 80));
        }
    }

    @Test
    void streamsComeAndGo() throws Exception {
        try (RunningServer server = new RunningServer(folder, streams(stream("old", 160)))) {
            WatchingClient client = new WatchingClient(server, "old");
            client.awaitUnits(5);
            configure(streams(stream("new", 160)));

            server.post("/api/reload");
            server.await("/api/reload", "\"changed\":[\"new\",\"old\"]");
            new WatchingClient(server, "new").awaitUnits(5);

            assertThat(client.closeStatus()).isEqualTo(1001);
            assertThat(server.get("/api/streams")).doesNotContain("\"name\":\"old\"");
        }
    }

    @Test
    void whatCannotBeUsedIsRefusedAndTheStreamsGoOn() throws Exception {
        try (RunningServer server = new RunningServer(folder, streams(stream("cam", 160)))) {
            WatchingClient client = new WatchingClient(server, "cam");
            client.awaitUnits(5);
            Files.writeString(folder.resolve("typo.gst"), "nosuchelement ! appsink name=websocket\n");
            configure(streams("cam { pipeline = typo.gst }"));

            server.post("/api/reload");
            server.await("/api/reload", "no element \\\"nosuchelement\\\"");
            assertThat(server.get("/api/reload")).contains("\"state\":\"refused\"");

            configure("streams { cam { pipline = picture.gst } }");
            server.post("/api/reload");
            server.await("/api/reload", "streams.cam.pipline is not known here");
            client.awaitUnits(client.units().size() + 5);
        }
    }

    @Test
    void whatTheServerItselfIsWaitsForItsNextStart() throws Exception {
        try (RunningServer server = new RunningServer(folder, streams(stream("cam", 160)))) {
            configure("limits.viewers = 7\n" + streams(stream("cam", 160)));

            server.post("/api/reload");
            server.await("/api/reload", "server and limits take effect when the server is started again");
        }
    }
}
