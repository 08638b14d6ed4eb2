package dev.midframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What GStreamer says about streams with a login, a key or a folder in their text, and what of it leaves the server. */
class SecretsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    uridecodebin uri="//admin:hunter2@cam/hidden" ! fakesink   | Invalid URI "***@cam/***"
                    nosuch://admin:hunter2@cam/hidden ! fakesink               | no source element for URI "nosuch://***@cam/***"
                    videotestsrc ! rtmpx://live.tv/hidden/hunter2              | no sink element for URI "rtmpx://live.tv/***"
                    videotestsrc ! x264enc bitrate=hunter2 ! fakesink          | could not set property "bitrate" in element "x264enc" to ***
                    v4l2src device=/home/hidden/video0 ! fakesink              | Cannot identify device 'video0'
                    videotestsrc ! filesink location=/hidden/deep/x.raw       | cannot write the output x.raw: there is no folder deep
                    nosuchelement ! fakesink                                   | picture.gst: no element "nosuchelement"
                    """)
    void neitherTheApiNorAViewerIsToldThem(String pipeline, String told) throws Exception {
        Path hidden = Files.createDirectory(folder.resolve("hidden folder"));
        Files.writeString(
                hidden.resolve("picture.gst"),
                pipeline + "\n" + RunningServer.PICTURE.replace("videotestsrc", "videotestsrc name=picture"));
        try (RunningServer server = new RunningServer(
                folder, "streams { cam { pipeline = \"hidden folder/picture.gst\", autostart = true } }")) {
            server.await("/api/streams/cam", told.replace("\"", "\\\""));
            assertThat(server.get("/api/streams"))
                    .doesNotContain("hunter2")
                    .doesNotContain("admin")
                    .doesNotContain("hidden");
            assertThat(reasonToldToViewers(server)).isIn("the stream cannot start", "the stream failed");
        }
    }

    private static String reasonToldToViewers(RunningServer server) throws IOException, InterruptedException {
        WatchingClient client = new WatchingClient(server, "cam");
        client.await(c -> !c.texts("state").isEmpty());
        return client.texts("state").getFirst().node().path("message").asText();
    }
}
