package dev.midframe.soak;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A viewer that reads all it is sent (docs/reference/websocket.md), and notes when pictures came. */
final class GoodClient implements WebSocket.Listener {
    private static final int FLAGS = 1;
    private static final int CAPTURE_MICROS = 16;
    private static final int HEADER_BYTES = 24;
    private static final int REPEATED = 16;

    private final Lives lives;
    private final Figures figures;
    private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    private long lastNanos = System.nanoTime();

    private GoodClient(Lives lives, Figures figures) {
        this.lives = lives;
        this.figures = figures;
    }

    static CompletableFuture<WebSocket> connect(HttpClient http, URI stream, Lives lives, Figures figures) {
        return http.newWebSocketBuilder().buildAsync(stream, new GoodClient(lives, figures));
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
        while (header.hasRemaining() && part.hasRemaining()) {
            header.put(part.get());
        }
        if (last) {
            picture();
            header.clear();
        }
        socket.request(1);
        return null;
    }

    private void picture() {
        long now = System.nanoTime();
        if ((header.get(FLAGS) & REPEATED) == 0) {
            lives.picture(now);
        }
        if (lives.through(lastNanos)) {
            figures.gap(now - lastNanos);
        }
        long late = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()) - header.getLong(CAPTURE_MICROS);
        figures.late(late);
        lastNanos = now;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        figures.lost();
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        figures.lost();
    }
}
