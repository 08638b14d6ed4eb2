package dev.midframe.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Viewers that stop to read, and viewers that vanish; each comes back when it is gone. */
final class BadClients {
    private static final int SMALL_BUFFER = 4096;

    private final int port;
    private final String stream;

    BadClients(int port, String stream) {
        this.port = port;
        this.stream = stream;
    }

    void stallOne() {
        Thread.ofVirtual()
                .start(() -> again(socket -> {
                    // What comes fills the connection; a byte now and then shows when the server has closed it.
                    while (!Thread.interrupted()) {
                        socket.getOutputStream().write(pong());
                        TimeUnit.SECONDS.sleep(5);
                    }
                }));
    }

    void vanishOne(long seed) {
        Random random = new Random(seed);
        Thread.ofVirtual()
                .start(() -> again(socket -> {
                    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextLong(500, 20_000));
                    byte[] taken = new byte[1 << 16];
                    while (System.nanoTime() < until && socket.getInputStream().read(taken) >= 0) {
                        // A good client until then.
                    }
                    socket.setSoLinger(true, 0);
                }));
    }

    private interface Behaviour {
        void live(Socket socket) throws IOException, InterruptedException;
    }

    private void again(Behaviour behaviour) {
        try {
            while (true) {
                try (Socket socket = upgraded()) {
                    behaviour.live(socket);
                } catch (IOException e) {
                    // The server closed it: just what bad clients are for.
                }
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Socket upgraded() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(SMALL_BUFFER);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write(("GET /ws/" + stream
                                + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static byte[] pong() {
        return new byte[] {(byte) 0x8a, (byte) 0x80, 0, 0, 0, 0};
    }
}
