package dev.midframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that send anything but what docs/reference/websocket.md says, over real sockets to a running server. */
class WebSocketFuzzTest {
    private static final int CLIENTS = 300;
    private static final long SEED = 5;

    @TempDir
    private Path folder;

    @Test
    void whateverAClientSendsNobodyElseNotices() throws Exception {
        Random random = new Random(SEED);
        String config = "limits { request-burst = 1000, message-bytes = 256 }\n"
                + "streams { cam { pipeline = picture.gst, autostart = true } }";
        try (RunningServer server = new RunningServer(folder, config)) {
            WatchingClient witness = new WatchingClient(server, "cam");
            witness.awaitUnits(5);
            for (int client = 0; client < CLIENTS; client++) {
                try (Socket socket = upgraded(server)) {
                    for (int frame = random.nextInt(1, 5); frame > 0; frame--) {
                        socket.getOutputStream().write(frame(random));
                    }
                } catch (IOException e) {
                    // The server may close while this client still writes.
                    assertThat(e).hasMessageMatching(".*(reset|closed|Broken pipe).*");
                }
            }
            server.await("/metrics", "midframe_clients{stream=\"cam\"} 1.0");
            witness.awaitUnits(witness.units().size() + 10);
            for (int i = 1; i < witness.units().size(); i++) {
                assertThat(witness.units().get(i).sequence())
                        .isEqualTo(witness.units().get(i - 1).sequence() + 1);
            }
        }
    }

    /** A frame with a header that is right, nearly right or anything, masked or not, whole or broken off. */
    private static byte[] frame(Random random) {
        byte[] payload = new byte[random.nextInt(300)];
        random.nextBytes(payload);
        if (random.nextInt(3) == 0) {
            byte[] json = "{\"type\":\"key\",\"more\":[1,{\"a\":null}]}".getBytes(StandardCharsets.UTF_8);
            System.arraycopy(json, 0, payload, 0, Math.min(json.length, payload.length));
        }
        byte[] frame = new byte[8 + payload.length];
        frame[0] = (byte) (random.nextBoolean() ? 0x81 : random.nextInt(256));
        boolean masked = random.nextInt(4) != 0;
        int length = random.nextInt(4) == 0 ? random.nextInt(128) : Math.min(payload.length, 125);
        frame[1] = (byte) ((masked ? 0x80 : 0) | length);
        System.arraycopy(payload, 0, frame, masked ? 6 : 2, payload.length);
        int whole = (masked ? 6 : 2) + payload.length;
        return java.util.Arrays.copyOf(frame, random.nextInt(5) == 0 ? random.nextInt(1, whole) : whole);
    }

    private static Socket upgraded(RunningServer server) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.uri().getPort());
        socket.getOutputStream()
                .write(("GET /ws/cam HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        assertThat(new String(in.readNBytes("HTTP/1.1 101".length()), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 101");
        return socket;
    }
}
