package dev.midframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.element.TestEngines;
import dev.midframe.engine.KeptEngines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams whose engines take long to be opened. */
class EngineOpeningTest {

    @TempDir
    private Path folder;

    private final TestEngines engines = new TestEngines();

    @BeforeEach
    void interpolate() throws Exception {
        Files.writeString(
                folder.resolve("picture.gst"),
                RunningServer.PICTURE
                        .replace("! x264enc", "! midframe on-overload=block ! x264enc")
                        .replace("is-live=true", "is-live=true num-buffers=${frames:-1000000}"));
    }

    /** It blocks the stream for longer than silence is allowed to last. */
    @Test
    void anEngineThatOpensIsNoSilence() throws Exception {
        engines.beforeOpen = request -> LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(5));
        try (RunningServer server = new RunningServer(
                folder,
                "streams { cam { pipeline = picture.gst, autostart = true, restart { stall = 2s, connect = 2s } } }",
                engines)) {
            server.await("/metrics", "midframe_frames_out_total{kind=\"generated\",stream=\"cam\"}");

            assertThat(engines.requests).as("engines opened for one start").hasSize(1);
        }
    }

    @Test
    void aStreamThatIsStartedAgainGoesOnWithItsEngine() throws Exception {
        try (KeptEngines kept = new KeptEngines(engines, Duration.ofHours(1));
                RunningServer server = new RunningServer(
                        folder,
                        "streams { cam { pipeline = picture.gst, variables { frames = 20 }, autostart = true, "
                                + "restart { first = 1s } } }",
                        kept)) {
            server.await("/metrics", "midframe_stream_restarts_total{reason=\"ended\",stream=\"cam\"} 2.0");
            server.await("/api/streams", "\"state\":\"running\"");

            assertThat(engines.requests).hasSize(1);
        }
    }
}
