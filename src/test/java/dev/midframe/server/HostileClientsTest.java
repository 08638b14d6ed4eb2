package dev.midframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that ask for more than they take, or hold on to what they have. */
class HostileClientsTest {
    private static final int CLIENTS = 32;
    private static final int ROUNDS = 20;
    private static final String REQUEST = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String PAGE = "GET /main.js HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final int OFFERED = 1 << 20;
    private static final String STREAM = "streams { cam { pipeline = picture.gst, autostart = true } }\n";

    @TempDir
    private Path folder;

    @Test
    void whoAsksWithoutReadingIsNotReadFromEither() throws Exception {
        List<HostileClient> clients = new ArrayList<>();
        try (RunningServer server =
                new RunningServer(folder, STREAM + "limits { requests-per-second = 100000, request-burst = 100000 }")) {
            WatchingClient viewer = new WatchingClient(server, "cam");
            viewer.awaitUnits(1);
            long memory = directMemory();
            byte[] requests = PAGE.repeat(OFFERED / PAGE.length()).getBytes(StandardCharsets.US_ASCII);
            int[] taken = new int[CLIENTS];
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new HostileClient(server));
            }
            for (int round = 1; round <= ROUNDS; round++) {
                for (int i = 0; i < CLIENTS; i++) {
                    taken[i] += clients.get(i).offer(ByteBuffer.wrap(requests, taken[i], requests.length - taken[i]));
                }
                assertThat(server.get("/healthz")).isEqualTo("ok\n");
                viewer.awaitUnits(round);
            }
            assertThat(IntStream.of(taken)).allMatch(bytes -> bytes < OFFERED / 2);
            assertThat(directMemory() - memory).isLessThan(48L << 20);

            clients.getFirst().awaitTimes("HTTP/1.1 200 OK", taken[0] / PAGE.length());
        } finally {
            for (HostileClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void whoAsksTooOftenIsDisconnected() throws Exception {
        try (RunningServer server =
                        new RunningServer(folder, STREAM + "limits { request-burst = 5, requests-per-second = 1 }");
                HostileClient client = new HostileClient(server)) {
            client.send(REQUEST.repeat(50));
            String answers = client.readAll();
            assertThat(count(answers, "HTTP/1.1 200 OK")).isBetween(5, 10);
            assertThat(count(answers, "HTTP/1.1 429")).isEqualTo(1);
            assertThat(server.get("/healthz")).isEqualTo("ok\n");
        }
    }

    @Test
    void aViewerThatFloodsTheServerWithPingsIsDisconnected() throws Exception {
        byte[] ping = new byte[6 + 125];
        ping[0] = (byte) 0x89;
        ping[1] = (byte) (0x80 | 125);
        try (RunningServer server = new RunningServer(folder, STREAM);
                HostileClient client = HostileClient.viewer(server, "cam")) {
            WatchingClient viewer = new WatchingClient(server, "cam");
            assertThatThrownBy(() -> {
                        for (int sent = 0; sent < 16 << 20; sent += ping.length) {
                            client.send(ping);
                        }
                    })
                    .isInstanceOf(IOException.class);
            viewer.awaitUnits(10);
            server.await("/metrics", "midframe_clients{stream=\"cam\"} 1.0");
        }
    }

    /** One byte now and then, for a minute. */
    @Test
    void aRequestThatNeverBecomesWholeIsGivenUp() throws Exception {
        try (RunningServer server = new RunningServer(folder, STREAM + "limits { request-timeout = 500ms }");
                HostileClient client = new HostileClient(server)) {
            assertThat(dripsUntilClosed(client, "GET / HTTP/1.1\r\nHost: localhost\r\nX: "))
                    .isTrue();
        }
    }

    @Test
    void aLaterRequestThatNeverBecomesWholeIsGivenUp() throws Exception {
        try (RunningServer server = new RunningServer(folder, STREAM + "limits { request-timeout = 2s }");
                HostileClient client = new HostileClient(server)) {
            client.send(REQUEST);
            assertThat(client.read("ok\n")).startsWith("HTTP/1.1 200 OK");
            assertThat(dripsUntilClosed(
                            client, "POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999\r\n\r\n"))
                    .isTrue();
        }
    }

    @Test
    void oneAddressHoldsOnlySoManyConnections() throws Exception {
        int most = 4;
        List<HostileClient> clients = new ArrayList<>();
        try (RunningServer server =
                new RunningServer(folder, STREAM + "limits { connections-per-address = " + most + " }")) {
            for (int i = 0; i < most; i++) {
                clients.add(new HostileClient(server));
                clients.getLast().send(REQUEST);
                assertThat(clients.getLast().read("ok\n")).startsWith("HTTP/1.1 200 OK");
            }
            assertThat(answers(server)).isFalse();
            assertThat(server.get("/healthz")).isEqualTo("ok\n");
            clients.removeFirst().close();
            boolean answers = false;
            for (int attempt = 0; !answers && attempt < 1000; attempt++) {
                answers = answers(server);
            }
            assertThat(answers).isTrue();
        } finally {
            for (HostileClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void aFoldedHeaderIsRefusedInOnePieceOrInMany() throws Exception {
        String folded = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n c\r\n\r\n";
        try (RunningServer server = new RunningServer(folder, STREAM + "limits { request-burst = 1000 }")) {
            for (int cut = 1; cut < folded.length(); cut++) {
                try (HostileClient client = new HostileClient(server)) {
                    client.send(REQUEST);
                    client.read("ok\n");
                    client.send(folded.substring(0, cut));
                    assertThat(server.get("/healthz")).isEqualTo("ok\n");
                    client.send(folded.substring(cut));
                    assertThat(client.readAll()).as("cut at %d", cut).startsWith("HTTP/1.1 400");
                }
            }
        }
    }

    @Test
    void guessedTokensAreSlowedDown() throws Exception {
        try (RunningServer server = new RunningServer(folder, STREAM + "server.token = 0123456789abcdef");
                HostileClient client = new HostileClient(server)) {
            String guess = "GET /api/streams HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ";
            for (int i = 0; i < 3; i++) {
                client.send(guess + "0123456789abcdeX\r\n\r\n");
                assertThat(client.read("wrong")).startsWith("HTTP/1.1 401");
            }
            client.send(guess + "0123456789abcdef\r\n\r\n");
            assertThat(client.readAll()).contains("HTTP/1.1 429").contains("retry-after: ");
        }
    }

    private static boolean answers(RunningServer server) throws IOException {
        try (HostileClient client = new HostileClient(server)) {
            client.send(REQUEST);
            return client.read("ok\n").startsWith("HTTP/1.1 200 OK");
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean dripsUntilClosed(HostileClient client, String begin) throws IOException {
        client.send(begin);
        for (int i = 0; i < 600; i++) {
            if (client.closedWithin(Duration.ofMillis(100))) {
                return true;
            }
            client.send("x");
        }
        return false;
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static long directMemory() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }
}
