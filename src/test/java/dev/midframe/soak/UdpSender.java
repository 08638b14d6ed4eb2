package dev.midframe.soak;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A source that calls: its datagrams come or do not come. */
final class UdpSender implements Sender {
    /** Seven packets of a transport stream. */
    private static final int DATAGRAM = 1316;

    private final DatagramSocket socket;
    private final int port;

    UdpSender(int port) throws IOException {
        this.port = port;
        this.socket = new DatagramSocket();
    }

    @Override
    public void send(byte[] bytes, Duration lasts) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        for (int at = 0; at < bytes.length; at += DATAGRAM) {
            long due = begun + (long) (lasts.toNanos() * ((double) at / bytes.length));
            TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
            socket.send(new DatagramPacket(
                    bytes, at, Math.min(DATAGRAM, bytes.length - at), InetAddress.getLoopbackAddress(), port));
        }
    }

    @Override
    public void die() {
        // Nothing comes any more; that is all there is to it.
    }

    @Override
    public void close() {
        socket.close();
    }
}
