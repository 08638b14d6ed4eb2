package dev.midframe.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.midframe.server.Mutations;
import dev.midframe.server.config.Limits;
import dev.midframe.server.config.ServerConfig;
import dev.midframe.server.config.StreamConfig;
import dev.midframe.server.http.Access;
import dev.midframe.server.http.Json;
import dev.midframe.server.http.ReloadControl;
import dev.midframe.server.http.Routes;
import dev.midframe.server.http.SessionKey;
import dev.midframe.server.http.Token;
import dev.midframe.server.metrics.ServerMetrics;
import dev.midframe.server.stream.FrameRouter;
import dev.midframe.server.stream.RestartPolicy;
import dev.midframe.server.stream.Streams;
import dev.midframe.server.webrtc.WebRtcSessions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever comes over a connection, it is answered in HTTP or WebSocket frames, or the connection ends; nothing is thrown. */
class ConnectionFuzzTest {
    private static final String TOKEN = "0123456789abcdef";
    private static final String HANDSHAKE = "GET /ws/cam HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            + "Authorization: Bearer " + TOKEN + "\r\n\r\n";
    private static final Mutations REQUESTS = new Mutations(List.of(
            "GET / HTTP/1.1\r\n",
            "HEAD /healthz HTTP/1.0\r\n",
            "POST /api/streams/cam/stop HTTP/1.1\r\n",
            "GET /ws/cam HTTP/1.1\r\n",
            "POST /api/session HTTP/1.1\r\n",
            "POST /whep/cam HTTP/1.1\r\nContent-Type: application/sdp\r\n",
            "OPTIONS * HTTP/1.1\r\n",
            "CONNECT a:1 HTTP/1.1\r\n",
            "Host: localhost\r\n",
            "Host: [::1]:8080\r\n",
            "Authorization: Bearer " + TOKEN + "\r\n",
            "Authorization: Bearer\r\n",
            "Cookie: midframe_session=0; a=\"b\r\n",
            "Origin: http://localhost\r\n",
            "Content-Length: 5\r\n",
            "Content-Length: -1\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Expect: 100-continue\r\n",
            "Connection: upgrade\r\n",
            "Connection: close\r\n",
            "Upgrade: websocket\r\n",
            "Upgrade: h2c\r\n",
            "Sec-WebSocket-Version: 13\r\n",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
            " folded\r\n",
            "\r\n",
            "5\r\nhello\r\n0\r\n\r\n",
            "\r\n\r\n",
            "\n",
            "\0",
            "%zz"));
    private static final Mutations FRAMES = new Mutations(List.of(
            "\u0081\u0080\0\0\0\0",
            "\u0081\u008e\0\0\0\0{\"type\":\"key\"}",
            "\u0081\u0093\0\0\0\0{\"type\":[{\"a\":1e9}]}",
            "\u0001\u0081\0\0\0\0{",
            "\u0080\u0081\0\0\0\0}",
            "\u0082\u0081\0\0\0\0x",
            "\u0089\u0084\0\0\0\0ping",
            "\u008a\u0080\0\0\0\0",
            "\u0088\u0082\0\0\0\0\u0003\u00e8",
            "\u0088\u0080\0\0\0\0",
            "\u0081\u00fe\u0010\u0001\0\0\0\0",
            "\u0081\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\0\0\0\0",
            "\u0081\u0082\u0001\u0002\u0003\u0004\u00ff\u00fe",
            "[[[[[[[["));

    private final ServerMetrics metrics = new ServerMetrics();
    private final Json json = new Json();
    private final Streams streams = new Streams(List.of(stream()), json, metrics, new FrameRouter());
    private final ServerConfig config = new ServerConfig(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new Token(TOKEN),
            null,
            null,
            Set.of(),
            Set.of(),
            new Limits(10, 10, 10, 2, 1_000_000, 1_000_000, Duration.ofSeconds(10), 4096, 8192, 16384, 60, 1 << 20),
            List.of());
    private final WebRtcSessions webRtc = new WebRtcSessions(0, InetAddress.getLoopbackAddress(), metrics);
    private final ConnectionSetup setup = new ConnectionSetup(
            config,
            null,
            new DefaultChannelGroup(GlobalEventExecutor.INSTANCE),
            new Routes(
                    streams, new Access(config, SessionKey.random(), () -> 0), metrics, json, new NoReload(), webRtc),
            metrics,
            json);

    @AfterEach
    void theStreamsEnd() {
        streams.close();
        webRtc.close();
    }

    @Test
    void requestsThatAreNearlyRight() {
        REQUESTS.forEach(this::requests);
    }

    @Test
    void framesThatAreNearlyRight() {
        FRAMES.forEach(this::frames);
    }

    @FuzzTest(maxDuration = "1h")
    void requests(byte[] bytes) {
        EmbeddedChannel channel = new EmbeddedChannel(setup);
        channel.writeInbound(Unpooled.copiedBuffer(bytes));
        String answers = answers(channel);
        assertThat(answers).satisfiesAnyOf(nothing -> assertThat(nothing).isEmpty(), some -> assertThat(some)
                .matches("(?s)HTTP/1\\.1 [124]\\d\\d .*"));
        channel.finishAndReleaseAll();
    }

    @FuzzTest(maxDuration = "1h")
    void frames(byte[] bytes) {
        EmbeddedChannel channel = new EmbeddedChannel(setup);
        channel.writeInbound(Unpooled.copiedBuffer(HANDSHAKE, StandardCharsets.US_ASCII));
        assertThat(answers(channel)).startsWith("HTTP/1.1 101");
        assertThat(streams.all().iterator().next().viewers().size()).isEqualTo(1);
        channel.writeInbound(Unpooled.copiedBuffer(bytes));
        channel.finishAndReleaseAll();
        assertThat(streams.all().iterator().next().viewers().size()).isZero();
    }

    private static String answers(EmbeddedChannel channel) {
        StringBuilder answers = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            answers.append(part.toString(StandardCharsets.ISO_8859_1));
            part.release();
        }
        return answers.toString();
    }

    private static StreamConfig stream() {
        Duration second = Duration.ofSeconds(1);
        return new StreamConfig(
                "cam",
                "Camera",
                Path.of("none.gst"),
                Map.of(),
                Map.of(),
                null,
                false,
                2,
                new RestartPolicy(second, second, second, second));
    }

    private static final class NoReload implements ReloadControl {

        @Override
        public void begin() {}

        @Override
        public Json.Reload last() {
            return new Json.Reload("reload", "none", "", List.of());
        }
    }
}
