package dev.midframe.cli.bench;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A client of docs/reference/websocket.md that hands on access units and leaves everything else. */
public final class StreamClient implements WebSocket.Listener {

    private static final int HEADER_LENGTH = 2;

    private final Consumer<ByteBuffer> units;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;

    public StreamClient(URI stream, Consumer<ByteBuffer> units) {
        this.units = units;
        this.socket = http.newWebSocketBuilder().buildAsync(stream, this).join();
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        message.writeBytes(part);
        if (last) {
            ByteBuffer whole = ByteBuffer.wrap(message.toByteArray());
            message.reset();
            units.accept(whole.position(whole.getShort(HEADER_LENGTH)).slice());
        }
        from.request(1);
        return null;
    }

    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
