package dev.midframe.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** For a minute, 32 clients of another address ask or ping as fast as they can, read nothing, and come back when they are closed. */
@Tag("soak")
class FloodSoakTest {
    private static final int CLIENTS = 32;
    private static final Duration LASTS = Duration.ofMinutes(1);
    private static final Duration BACK_AFTER = Duration.ofMillis(100);
    private static final String REQUEST = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String VIEWER = "GET /ws/test HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    private static final String PING = "\u0089\u0080\0\0\0\0";

    @TempDir
    private Path folder;

    private record Seen(double p99Millis, double rssMegabytes) {}

    @Test
    void aFloodCostsAGoodClientLittleAndTheServerNoMemory() throws Exception {
        Path config = Files.writeString(
                folder.resolve("flood.conf"),
                "server.port = 0\nstreams { test { pipeline = \""
                        + Path.of("pipelines/websocket.gst").toAbsolutePath() + "\", autostart = true } }");
        Files.createDirectories(SoakTest.RESULT);
        try (HttpClient http = HttpClient.newHttpClient();
                SoakServer server = new SoakServer(http, folder, config, SoakTest.RESULT.resolve("flood.log"))) {
            watch(http, server);
            Seen idle = watch(http, server);
            List<Thread> clients = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> Thread.ofVirtual().start(() -> flood(server.port(), i % 2 == 0)))
                    .toList();
            Seen flooded = watch(http, server);
            clients.forEach(Thread::interrupt);
            System.out.printf("idle %s, flooded %s%n", idle, flooded);
            assertThat(flooded.rssMegabytes()).isLessThan(idle.rssMegabytes() + 30);
            assertThat(flooded.p99Millis()).isLessThan(2 * idle.p99Millis());
        }
    }

    /** A good client asks some twenty times a second. */
    private static Seen watch(HttpClient http, SoakServer server) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/healthz"))
                .build();
        Histogram micros = new Histogram(3);
        double rss = 0;
        long end = System.nanoTime() + LASTS.toNanos();
        while (System.nanoTime() < end) {
            long begun = System.nanoTime();
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            micros.recordValue((System.nanoTime() - begun) / 1000);
            assertThat(status).isEqualTo(200);
            rss = Math.max(rss, server.rssMegabytes());
            Thread.sleep(50);
        }
        return new Seen(micros.getValueAtPercentile(99) / 1e3, rss);
    }

    private static void flood(int port, boolean viewer) {
        byte[] again = (viewer ? PING : REQUEST).repeat(1000).getBytes(StandardCharsets.ISO_8859_1);
        while (!Thread.currentThread().isInterrupted()) {
            try (Socket socket = new Socket()) {
                socket.bind(new InetSocketAddress("127.0.0.2", 0));
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                if (viewer) {
                    socket.getOutputStream().write(VIEWER.getBytes(StandardCharsets.ISO_8859_1));
                }
                while (true) {
                    socket.getOutputStream().write(again);
                }
            } catch (IOException e) {
                // Closed by the server, or the end. Without a pause this would measure how fast a machine calls itself.
                LockSupport.parkNanos(BACK_AFTER.toNanos());
            }
        }
    }
}
