package dev.midframe.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A client of docs/reference/websocket.md on the JDK's own WebSocket. */
final class WatchingClient implements WebSocket.Listener {
    private final ObjectMapper json = new ObjectMapper();
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    /** What came, in order: a text or an access unit. */
    sealed interface Message {}

    record Text(String type, JsonNode node) implements Message {}

    record Unit(int version, int flags, int header, int sequence, long pts, long capture, byte[] payload)
            implements Message {
        boolean key() {
            return (flags & 1) != 0;
        }

        boolean generated() {
            return (flags & 4) != 0;
        }

        boolean sound() {
            return (flags & 32) != 0;
        }

        boolean repeated() {
            return (flags & 16) != 0;
        }
    }

    WatchingClient(RunningServer server, String stream) {
        socket = server.http()
                .newWebSocketBuilder()
                .buildAsync(server.socket(stream), this)
                .join();
    }

    List<Message> messages() {
        return messages;
    }

    /** Pictures. */
    List<Unit> units() {
        return binary(false);
    }

    /** Packets of sound. */
    List<Unit> packets() {
        return binary(true);
    }

    private List<Unit> binary(boolean sound) {
        return messages.stream()
                .filter(Unit.class::isInstance)
                .map(Unit.class::cast)
                .filter(unit -> unit.sound() == sound)
                .toList();
    }

    List<Text> texts(String type) {
        return messages.stream()
                .filter(Text.class::isInstance)
                .map(Text.class::cast)
                .filter(message -> message.type.equals(type))
                .toList();
    }

    void send(String message) {
        socket.sendText(message, true).join();
    }

    int closeStatus() {
        return closed.orTimeout(20, TimeUnit.SECONDS).join();
    }

    void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    /** Waits until what came satisfies the condition. */
    synchronized void await(Predicate<WatchingClient> condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.test(this)) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("not within 30 s; came: " + messages.size() + " messages");
            }
            wait(left);
        }
    }

    void awaitUnits(int count) throws InterruptedException {
        await(client -> client.units().size() >= count);
    }

    @Override
    public synchronized CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        binary.writeBytes(part);
        if (last) {
            ByteBuffer whole = ByteBuffer.wrap(binary.toByteArray());
            binary.reset();
            int version = whole.get();
            int flags = whole.get();
            int header = whole.getShort();
            int sequence = whole.getInt();
            long pts = whole.getLong();
            long capture = whole.getLong();
            byte[] payload = new byte[whole.position(header).remaining()];
            whole.get(payload);
            came(new Unit(version, flags, header, sequence, pts, capture, payload));
        }
        socket.request(1);
        return null;
    }

    @Override
    public synchronized CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            try {
                JsonNode node = json.readTree(text.toString());
                came(new Text(node.path("type").asText(), node));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            text.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        closed.complete(status);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        closed.complete(1006);
    }

    private void came(Message message) {
        messages.add(message);
        notifyAll();
    }
}
