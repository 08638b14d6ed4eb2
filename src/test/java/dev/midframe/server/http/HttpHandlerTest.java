package dev.midframe.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.server.config.Limits;
import dev.midframe.server.config.ServerConfig;
import dev.midframe.server.config.StreamConfig;
import dev.midframe.server.metrics.ServerMetrics;
import dev.midframe.server.stream.FrameRouter;
import dev.midframe.server.stream.RestartPolicy;
import dev.midframe.server.stream.Streams;
import dev.midframe.server.webrtc.WebRtcSessions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpHandlerTest {
    private static final String TOKEN = "0123456789abcdef";
    private static final String WATCH_TOKEN = "only-for-watching";
    private static final String HOST = "Host: localhost:8080\r\n";

    private final ServerMetrics metrics = new ServerMetrics();
    private final Json json = new Json();
    private final Streams streams = new Streams(
            List.of(new StreamConfig(
                    "cam",
                    "Camera",
                    Path.of("none.gst"),
                    Map.of(),
                    Map.of(),
                    null,
                    false,
                    2,
                    new RestartPolicy(
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(1)))),
            json,
            metrics,
            new FrameRouter());
    private final WebRtcSessions webRtc = new WebRtcSessions(0, InetAddress.getLoopbackAddress(), metrics);
    private final AtomicLong nanos = new AtomicLong();
    private final SessionKey key = SessionKey.random();
    private final AtomicInteger reloads = new AtomicInteger();
    private final ReloadControl reload = new ReloadControl() {
        @Override
        public void begin() {
            reloads.incrementAndGet();
        }

        @Override
        public Json.Reload last() {
            return new Json.Reload("reload", "running", "", List.of());
        }
    };

    @AfterEach
    @AfterProperty
    void theStreamsEnd() {
        streams.close();
        webRtc.close();
    }

    @Test
    void thePageComesWithItsSecurityHeaders() {
        String answer = ask("GET / HTTP/1.1\r\n" + HOST + "\r\n", null);
        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK")
                .contains("content-security-policy: default-src 'none'")
                .contains("frame-ancestors 'none'")
                .contains("x-content-type-options: nosniff")
                .contains("<title>Midframe</title>");
    }

    @Test
    void everyModuleThatThePageLoadsIsServed() {
        for (String name : List.of("main.js", "style.css", "icon.svg", "fmp4.js")) {
            assertThat(status("GET /" + name, "")).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/files",
                "/../pom.xml",
                "/%2e%2e/pom.xml",
                "/web/index.html",
                "//etc/passwd",
                "/api/streams/../../x",
                "/api/streams/nope",
                "/api/",
                "/api/streams/cam/delete"
            })
    void nothingElseIsServed(String path) {
        assertThat(status("GET " + path, "")).isEqualTo(404);
    }

    @Test
    void aWrongMethodIsRefused() {
        assertThat(status("DELETE /api/streams", "")).isEqualTo(405);
        assertThat(status("GET /api/streams/cam/start", "")).isEqualTo(405);
        assertThat(status("POST /metrics", "")).isEqualTo(405);
    }

    @Test
    void anOfferOfWebRtcNeedsAStreamATokenItsTypeAndAPlace() {
        assertThat(status("POST /whep/nope", "")).isEqualTo(404);
        assertThat(status("POST /whep/cam/a/b", "")).isEqualTo(404);
        assertThat(status("GET /whep/cam", "")).isEqualTo(405);
        assertThat(status("PATCH /whep/cam/0", "")).isEqualTo(405);
        assertThat(status("DELETE /whep/cam/0", "")).isEqualTo(404);
        assertThat(status("POST /whep/cam", "")).isEqualTo(415);
        assertThat(status(TOKEN, "POST /whep/cam", "")).isEqualTo(401);
        assertThat(status("POST /whep/cam", "Origin: https://other.example\r\n"))
                .isEqualTo(403);
        // None is granted here.
        assertThat(status("POST /whep/cam", "Content-Type: application/sdp\r\n"))
                .isEqualTo(503);
    }

    @Test
    void streamsAreListed() {
        assertThat(ask("GET /api/streams HTTP/1.1\r\n" + HOST + "\r\n", null))
                .contains("\"name\":\"cam\"")
                .contains("\"state\":\"stopped\"");
    }

    @Test
    void healthIsToldWithoutAToken() {
        assertThat(status(TOKEN, "GET /healthz", "")).isEqualTo(200);
        assertThat(status(TOKEN, "GET /readyz", "")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /api/streams", "GET /metrics", "POST /api/streams/cam/start", "POST /api/session"})
    void everythingElseNeedsTheTokenWhereOneIsSet(String request) {
        assertThat(status(TOKEN, request, "")).isEqualTo(401);
        assertThat(status(TOKEN, request, "Authorization: Bearer 0123456789abcdeX\r\n"))
                .isEqualTo(401);
        assertThat(status(TOKEN, request, "Authorization: Bearer " + TOKEN + "\r\n"))
                .isLessThan(300);
    }

    @Test
    void theTokenBuysASessionForThePage() {
        String answer =
                ask("POST /api/session HTTP/1.1\r\n" + HOST + "Authorization: Bearer " + TOKEN + "\r\n\r\n", TOKEN);
        assertThat(answer).contains("HttpOnly").contains("SameSite=Strict").doesNotContain(TOKEN);
        String cookie = cookie(TOKEN);
        // A channel each, as after a restart of the server with the same key.
        assertThat(status(TOKEN, "GET /api/streams", "Cookie: " + cookie + "\r\n"))
                .isEqualTo(200);
        assertThat(status(TOKEN, "POST /api/streams/cam/stop", "Cookie: " + cookie + "\r\n"))
                .isEqualTo(202);
        assertThat(status(TOKEN, "GET /api/streams", "Cookie: " + cookie + "0\r\n"))
                .isEqualTo(401);
        assertThat(status("another-token-of-control", "GET /api/streams", "Cookie: " + cookie + "\r\n"))
                .isEqualTo(401);
    }

    private String cookie(String token) {
        return ask("POST /api/session HTTP/1.1\r\n" + HOST + "Authorization: Bearer " + token + "\r\n\r\n", TOKEN)
                .lines()
                .filter(line -> line.startsWith("set-cookie: "))
                .map(line -> line.substring("set-cookie: ".length(), line.indexOf(';')))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoMayOnlyWatchCanChangeNothing() {
        String cookie = "Cookie: " + cookie(WATCH_TOKEN) + "\r\n";
        for (String shown : List.of("Authorization: Bearer " + WATCH_TOKEN + "\r\n", cookie)) {
            assertThat(status(TOKEN, "GET /api/streams", shown)).isEqualTo(200);
            assertThat(status(TOKEN, "GET /metrics", shown)).isEqualTo(200);
            assertThat(status(TOKEN, "POST /api/streams/cam/stop", shown)).isEqualTo(403);
            assertThat(status(TOKEN, "POST /api/reload", shown)).isEqualTo(403);
            assertThat(ask("GET /api/session HTTP/1.1\r\n" + HOST + shown + "\r\n", TOKEN))
                    .contains("\"open\":true,\"control\":false");
        }
        assertThat(status(TOKEN, "POST /api/streams/cam/stop", cookie.replace("watch.", "control.")))
                .isEqualTo(401);
        assertThat(reloads).hasValue(0);
    }

    @Test
    void theConfigurationIsReadAgainWhenAskedTo() {
        assertThat(status("POST /api/reload", "")).isEqualTo(202);
        assertThat(reloads).hasValue(1);
        assertThat(status("GET /api/reload", "")).isEqualTo(200);
        assertThat(reloads).hasValue(1);
        assertThat(status("DELETE /api/reload", "")).isEqualTo(405);
    }

    @Test
    void anotherSitesPageCanNeitherActNorWatch() {
        String evil = "Origin: http://evil.example\r\n";
        assertThat(status("POST /api/streams/cam/stop", evil)).isEqualTo(403);
        assertThat(status("GET /ws/cam", evil + "Upgrade: websocket\r\nConnection: upgrade\r\n"))
                .isEqualTo(403);
        assertThat(status("POST /api/streams/cam/stop", "Origin: http://localhost:8080\r\n"))
                .isEqualTo(202);
        assertThat(status("POST /api/streams/cam/stop", "Origin: https://friend.example\r\n"))
                .isEqualTo(202);
    }

    @Test
    void aNameThatLeadsHereByRebindingIsRefused() {
        assertThat(ask("GET /api/streams HTTP/1.1\r\nHost: evil.example\r\n\r\n", null))
                .startsWith("HTTP/1.1 421");
        assertThat(ask("GET /api/streams HTTP/1.1\r\n\r\n", null)).startsWith("HTTP/1.1 421");
    }

    @Test
    void aWebSocketOfAnUnknownStreamIsRefused() {
        assertThat(status("GET /ws/nope", "Upgrade: websocket\r\nConnection: upgrade\r\n"))
                .isEqualTo(404);
        assertThat(status(TOKEN, "GET /ws/cam", "Upgrade: websocket\r\nConnection: upgrade\r\n"))
                .isEqualTo(401);
    }

    @Test
    void tooManyRequestsEndTheConnection() {
        EmbeddedChannel channel = channel(null);
        String request = "GET /healthz HTTP/1.1\r\n" + HOST + "\r\n";
        for (int i = 0; i < 20; i++) {
            assertThat(ask(channel, request)).startsWith("HTTP/1.1 200");
        }
        assertThat(ask(channel, request)).startsWith("HTTP/1.1 429").contains("connection: close");
    }

    @Test
    void aServerNamedTwiceIsRefused() {
        assertThat(status("GET /healthz", "Host: evil.example\r\n")).isEqualTo(400);
        assertThat(status("GET /healthz", HOST)).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Sec-WebSocket-Version: 8\r\n", "Sec-WebSocket-Version: 0\r\n"})
    void anOldWebSocketIsToldTheVersionThatIsSpoken(String version) {
        String answer = ask(
                "GET /ws/cam HTTP/1.1\r\n" + HOST + "Upgrade: websocket\r\nConnection: upgrade\r\n" + version + "\r\n",
                null);
        assertThat(answer).startsWith("HTTP/1.1 426").contains("sec-websocket-version: 13");
    }

    @Test
    void headersAndBodiesHaveALimit() {
        assertThat(ask("GET / HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(9000) + "\r\n\r\n", null))
                .startsWith("HTTP/1.1 431");
        assertThat(ask("POST /api/session HTTP/1.1\r\n" + HOST + "Content-Length: 99999999\r\n\r\n", null))
                .startsWith("HTTP/1.1 413");
    }

    @Property(tries = 500)
    void anyBytesAreAnsweredOrClosedWithoutALeak(@ForAll @Size(max = 200) byte[] bytes) {
        EmbeddedChannel channel = channel(null);
        channel.writeInbound(Unpooled.copiedBuffer(bytes));
        channel.finishAndReleaseAll();
    }

    @Property(tries = 500)
    void anyPathIsAnswered(@ForAll @Size(max = 30) byte[] path) {
        String text = new String(path, StandardCharsets.ISO_8859_1).replaceAll("[\\s\\x00-\\x20]", "");
        assertThat(ask("GET /api/" + text + " HTTP/1.1\r\n" + HOST + "\r\n", null))
                .startsWith("HTTP/1.1 4");
    }

    private int status(String request, String headers) {
        return status(null, request, headers);
    }

    private int status(String token, String request, String headers) {
        String answer = ask(request + " HTTP/1.1\r\n" + HOST + headers + "\r\n", token);
        return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    }

    private String ask(String request, String token) {
        EmbeddedChannel channel = channel(token);
        String answer = ask(channel, request);
        channel.finishAndReleaseAll();
        return answer;
    }

    private static String ask(EmbeddedChannel channel, String request) {
        channel.writeInbound(Unpooled.copiedBuffer(request, StandardCharsets.ISO_8859_1));
        StringBuilder answer = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            answer.append(part.toString(StandardCharsets.UTF_8));
            part.release();
        }
        return answer.toString();
    }

    private EmbeddedChannel channel(String token) {
        ServerConfig config = new ServerConfig(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                token == null ? null : new Token(token),
                token == null ? null : new Token(WATCH_TOKEN),
                null,
                Set.of("https://friend.example"),
                Set.of(),
                new Limits(10, 10, 10, 2, 10, 20, Duration.ofSeconds(10), 4096, 8192, 16384, 60, 1 << 20),
                List.of());
        Routes routes = new Routes(streams, new Access(config, key, nanos::get), metrics, json, reload, webRtc);
        return new EmbeddedChannel(
                new HttpServerCodec(),
                new HttpObjectAggregator(config.limits().bodyBytes(), true),
                new HttpHandler(
                        routes,
                        new RequestRate(config.limits(), nanos::get),
                        new SecurityHeaders(false),
                        metrics,
                        (context, stream) -> {}));
    }
}
