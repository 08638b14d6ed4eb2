package dev.midframe.server;

import static dev.midframe.testkit.FlashAndBeep.H264;
import static dev.midframe.testkit.FlashAndBeep.PICTURES;
import static dev.midframe.testkit.FlashAndBeep.SOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.testkit.Ffmpeg;
import dev.midframe.testkit.OtherPrograms;
import dev.midframe.testkit.RtmpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** pipelines/rtmp.gst as a stream of the server: it is seen and heard on the way, and comes back after what it needs was away. */
class RtmpStreamTest {
    @TempDir
    private Path folder;

    @Test
    void theStreamComesBackWhenTheRtmpServerDoes() throws Exception {
        try (RtmpServer nginx = new RtmpServer(Files.createDirectory(folder.resolve("nginx")));
                OtherPrograms programs = new OtherPrograms();
                RunningServer server = new RunningServer(folder, """
                        streams { show { autostart = true, pipeline = "%s",
                          variables { input = "%s", output = "%s" } } }
                        """.formatted(
                                Path.of("pipelines/rtmp.gst").toAbsolutePath(),
                                nginx.address("live/in"),
                                nginx.address("live/s3cr3t-key")))) {
            programs.ffmpegAgainAndAgain(
                    "-re " + PICTURES + "-re " + SOUND + H264 + "-c:a aac -f flv " + nginx.address("live/in"));
            WatchingClient client = new WatchingClient(server, "show");
            client.awaitUnits(20);
            client.send("{\"type\":\"sound\",\"on\":true}");
            client.await(c -> c.packets().size() > 20);
            assertThat(client.texts("sound").getFirst().node().path("format").toString())
                    .contains("\"codec\":\"mp4a.40.2\"", "\"description\":\"");

            nginx.stop();
            server.await("/api/streams/show", "restarting");
            assertThat(server.get("/api/streams/show")).doesNotContain("s3cr3t");
            int before = client.units().size();
            nginx.start();
            client.awaitUnits(before + 20);
            Path received = folder.resolve("received.flv");
            Process receiver = programs.ffmpegAgainAndAgain(
                    "-rw_timeout 15000000 -i " + nginx.address("live/s3cr3t-key") + " -t 3 -c copy", received);
            assertThat(receiver.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Ffmpeg.videoTimes(received)).hasSizeGreaterThan(50);
            assertThat(Ffmpeg.soundHeardFrom(received)).hasSizeGreaterThan(50);
        }
    }
}
