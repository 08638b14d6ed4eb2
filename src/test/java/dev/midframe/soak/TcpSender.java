package dev.midframe.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A source that is called: listens only while it lives, so that a call to a dead one is refused. */
final class TcpSender implements Sender {
    private static final int CHUNK = 1316;

    private final int port;
    private @Nullable ServerSocket listener;
    private @Nullable Socket caller;

    TcpSender(int port) {
        this.port = port;
    }

    @Override
    public void send(byte[] bytes, Duration lasts) throws IOException, InterruptedException {
        if (listener == null) {
            listener = new ServerSocket(port, 4, InetAddress.getLoopbackAddress());
        }
        long end = System.nanoTime() + lasts.toNanos();
        long perByte = lasts.toNanos() / bytes.length;
        int at = 0;
        while (at < bytes.length && System.nanoTime() < end) {
            try {
                if (caller == null) {
                    listener.setSoTimeout((int) TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()) + 1);
                    caller = listener.accept();
                }
                at = send(caller, bytes, at, perByte);
            } catch (SocketTimeoutException e) {
                return;
            } catch (IOException e) {
                // The server hung up, as it does on garbage: its next call is answered.
                caller.close();
                caller = null;
            }
        }
    }

    /** @return what is sent next, after a time that is at hand */
    private static int send(Socket to, byte[] bytes, int from, long perByteNanos)
            throws IOException, InterruptedException {
        int size = Math.min(CHUNK, bytes.length - from);
        to.getOutputStream().write(bytes, from, size);
        TimeUnit.NANOSECONDS.sleep(size * perByteNanos);
        return from + size;
    }

    @Override
    public void die() throws IOException {
        if (caller != null) {
            caller.close();
            caller = null;
        }
        if (listener != null) {
            listener.close();
            listener = null;
        }
    }

    @Override
    public void close() throws IOException {
        die();
    }
}
