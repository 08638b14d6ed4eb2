package dev.midframe.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.testkit.OtherPrograms;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two streams and two hundred clients, for {@code -Dsoak.minutes} (60); the page is {@code target/soak/index.html}. */
@Tag("soak")
class SoakTest {
    private static final Duration LASTS = Duration.ofMinutes(Long.getLong("soak.minutes", 60));
    private static final Duration SAMPLE = Duration.ofSeconds(10);
    private static final Duration CONTROL = Duration.ofSeconds(97);
    private static final int GOOD = 140;
    private static final int STALLED = 30;
    private static final int VANISHING = 30;
    static final Path RESULT = Path.of("target", "soak");

    private static final String CONFIG = """
            server.port = 0
            limits { request-burst = 1000 }
            streams {
              called { pipeline = "%1$s/browser.gst", variables { width = 160, height = 96 }, autostart = true
                source { pipeline = "called.gst", variables { port = %2$d } } }
              calling { pipeline = "%1$s/browser.gst", variables { width = 160, height = 96 }, autostart = true
                source { pipeline = "calling.gst", variables { port = %3$d } } }
            }
            """;
    private static final String DECODE =
            " ! tsdemux ! h264parse ! avdec_h264 max-threads=1 ! appsink name=frames sync=false max-buffers=4 drop=true\n";

    @TempDir
    private Path folder;

    private final Lives calledLives = new Lives();
    private final Lives callingLives = new Lives();
    private final Figures figures = new Figures();
    private final List<Sample> samples = new ArrayList<>();

    @Test
    void nothingGrowsAndNothingStops() throws Exception {
        Files.createDirectories(RESULT);
        int tcp = freeTcpPort();
        int udp = OtherPrograms.freePort();
        List<Clip> clips = List.of(Clip.make(folder, "320x180", 15, 40), Clip.make(folder, "480x270", 10, 40));
        Verdict verdict;
        try (HttpClient http = HttpClient.newHttpClient();
                SoakServer server = new SoakServer(http, folder, config(tcp, udp), RESULT.resolve("server.log"))) {
            List<Thread> sources = Stream.of(
                            new Source(new TcpSender(tcp), clips, calledLives, 1),
                            new Source(new UdpSender(udp), clips.reversed(), callingLives, 2))
                    .map(source -> Thread.ofPlatform().daemon().start(source))
                    .toList();
            List<WebSocket> viewers = connect(http, server);
            watch(server);
            sources.forEach(Thread::interrupt);
            verdict = verdict();
            viewers.forEach(WebSocket::abort);
        }
        String title = "Midframe: " + LASTS.toMinutes() + " minutes of two streams and two hundred clients";
        new SoakPage(title, samples, verdict).write(RESULT.resolve("index.html"));
        assertThat(verdict.kept()).as("the bounds are %s", verdict).isTrue();
    }

    private Path config(int tcp, int udp) throws IOException {
        Files.writeString(folder.resolve("called.gst"), "tcpclientsrc host=127.0.0.1 port=${port}" + DECODE);
        Files.writeString(folder.resolve("calling.gst"), "udpsrc address=127.0.0.1 port=${port}" + DECODE);
        Path pipelines = Path.of("pipelines").toAbsolutePath();
        return Files.writeString(folder.resolve("soak.conf"), CONFIG.formatted(pipelines, tcp, udp));
    }

    private List<WebSocket> connect(HttpClient http, SoakServer server) {
        List<CompletableFuture<WebSocket>> good = new ArrayList<>();
        for (int i = 0; i < GOOD; i++) {
            String name = i % 2 == 0 ? "called" : "calling";
            Lives lives = i % 2 == 0 ? calledLives : callingLives;
            good.add(GoodClient.connect(http, server.stream(name), lives, figures));
        }
        for (int i = 0; i < STALLED; i++) {
            new BadClients(server.port(), i % 2 == 0 ? "called" : "calling").stallOne();
        }
        for (int i = 0; i < VANISHING; i++) {
            new BadClients(server.port(), i % 2 == 0 ? "called" : "calling").vanishOne(i);
        }
        return good.stream().map(CompletableFuture::join).toList();
    }

    private void watch(SoakServer server) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        long controlled = begun;
        for (int i = 1; Duration.ofNanos(System.nanoTime() - begun).compareTo(LASTS) < 0; i++) {
            TimeUnit.NANOSECONDS.sleep(begun + i * SAMPLE.toNanos() - System.nanoTime());
            assertThat(server.alive()).as("the server lives").isTrue();
            Figures.Interval seen = figures.next();
            samples.add(new Sample(
                    (System.nanoTime() - begun) / 1e9,
                    server.rssMegabytes(),
                    server.descriptors(),
                    server.threads(),
                    seen.gapMillis(),
                    seen.lateMillis(),
                    seen.pictures()));
            if (System.nanoTime() - controlled > CONTROL.toNanos()) {
                controlled = System.nanoTime();
                restart(server);
            }
        }
    }

    /** A stream is stopped and started by hand; it has as long to come back as after its source's death. */
    private void restart(SoakServer server) throws IOException, InterruptedException {
        server.post("/api/streams/called/stop");
        server.post("/api/streams/called/start");
        calledLives.again();
    }

    private Verdict verdict() {
        Duration warmUp =
                LASTS.dividedBy(3).compareTo(Duration.ofMinutes(5)) < 0 ? LASTS.dividedBy(3) : Duration.ofMinutes(5);
        List<Duration> restarts = Stream.of(calledLives, callingLives)
                .flatMap(lives -> lives.restarts().stream())
                .toList();
        return Verdict.of(samples, warmUp, restarts, figures.next().lost());
    }

    private static int freeTcpPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
