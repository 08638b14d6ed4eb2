package dev.midframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.server.WatchingClient.Unit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hundred clients at once, some of them bad. */
class ManyViewersTest {
    private static final int GOOD = 160;
    private static final int DEAF = 20;
    private static final int BROKEN = 20;
    private static final int QUEUE = 20;

    @TempDir
    private Path folder;

    @Test
    void clientsThatDoNotReadOrBreakOffTakeNothingFromTheOthers() throws Exception {
        String config = "limits { request-burst = 1000, queue-frames = " + QUEUE + " }\n"
                + "streams { cam { pipeline = picture.gst, autostart = true\n"
                + "  variables { fps = 10, gop = 20, pattern = snow, kilobits = 1200 } } }";
        List<Socket> sockets = new ArrayList<>();
        try (RunningServer server = new RunningServer(folder, config)) {
            for (int i = 0; i < DEAF; i++) {
                sockets.add(upgraded(server));
            }
            List<WatchingClient> good = IntStream.range(0, GOOD)
                    .mapToObj(i -> new WatchingClient(server, "cam"))
                    .toList();
            for (int i = 0; i < BROKEN; i++) {
                try (Socket socket = upgraded(server)) {
                    // A masked text frame of 100 bytes, of which only some come; then the connection is reset.
                    socket.getOutputStream().write(new byte[] {(byte) 0x81, (byte) (0x80 | 100), 1, 2, 3, 4, 5, 6});
                    socket.setSoLinger(true, 0);
                }
            }
            double queued = 0;
            for (int units = 1;
                    units < 30 || server.metric("midframe_client_moved_on_total{stream=\"cam\"}") < DEAF;
                    units++) {
                good.getFirst().awaitUnits(units);
                queued = Math.max(queued, server.metric("midframe_client_queue_pictures{stream=\"cam\"}"));
            }
            for (WatchingClient client : good) {
                client.awaitUnits(30);
                assertWithoutGaps(client.units());
            }
            assertThat(queued).isBetween((double) DEAF, (double) DEAF * QUEUE + GOOD * 5);
            server.await("/metrics", "midframe_clients{stream=\"cam\"} " + (double) (GOOD + DEAF));
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static Socket upgraded(RunningServer server) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), server.uri().getPort()));
        socket.getOutputStream()
                .write(("GET /ws/cam HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 101".length());
        assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 101");
        return socket;
    }

    private static void assertWithoutGaps(List<Unit> units) {
        for (int i = 1; i < units.size(); i++) {
            assertThat(units.get(i).sequence()).isEqualTo(units.get(i - 1).sequence() + 1);
        }
    }
}
