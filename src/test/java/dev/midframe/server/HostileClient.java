package dev.midframe.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client from another of the machine's loopback addresses than everybody else, which sends what it likes. */
final class HostileClient implements AutoCloseable {
    private static final int SMALL_BUFFER = 16 << 10;

    private final SocketChannel channel;

    HostileClient(RunningServer server) throws IOException {
        channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SMALL_BUFFER);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
        channel.bind(new InetSocketAddress("127.0.0.2", 0));
        channel.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), server.uri().getPort()));
    }

    /** A client that has become a viewer of the stream. */
    static HostileClient viewer(RunningServer server, String stream) throws IOException {
        HostileClient client = new HostileClient(server);
        client.send(
                "GET /ws/" + stream + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
        client.read("\r\n\r\n");
        return client;
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Waits while the connection takes nothing. */
    void send(byte[] bytes) throws IOException {
        channel.configureBlocking(true);
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    /** How much of this the connection takes at once. */
    int offer(ByteBuffer bytes) throws IOException {
        channel.configureBlocking(false);
        return channel.write(bytes);
    }

    /** Reads up to a text, or to the end where it never comes. */
    String read(String end) throws IOException {
        channel.configureBlocking(true);
        StringBuilder read = new StringBuilder();
        ByteBuffer next = ByteBuffer.allocate(SMALL_BUFFER);
        while (read.indexOf(end) < 0 && channel.read(next.clear()) >= 0) {
            read.append(StandardCharsets.ISO_8859_1.decode(next.flip()));
        }
        return read.toString();
    }

    /** Reads until the text has come so many times. */
    void awaitTimes(String text, int times) throws IOException {
        StringBuilder rest = new StringBuilder();
        for (int left = times; left > 0; ) {
            ByteBuffer next = ByteBuffer.allocate(SMALL_BUFFER);
            channel.configureBlocking(true);
            if (channel.read(next) < 0) {
                throw new IOException("the connection ended with " + left + " missing");
            }
            rest.append(StandardCharsets.ISO_8859_1.decode(next.flip()));
            for (int at = rest.indexOf(text); at >= 0; at = rest.indexOf(text)) {
                rest.delete(0, at + text.length());
                left--;
            }
        }
    }

    /** Whether the server closes the connection, or resets it, before the time is over; what comes before is thrown away. */
    boolean closedWithin(Duration time) throws IOException {
        channel.configureBlocking(true);
        channel.socket().setSoTimeout((int) time.toMillis());
        try {
            while (channel.socket().getInputStream().read() >= 0) {
                // An answer to something before.
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Reads to the end of the connection. */
    String readAll() throws IOException {
        return read("\0never\0");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
