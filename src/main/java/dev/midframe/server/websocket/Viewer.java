package dev.midframe.server.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connected client. {@link #offer} may be called in any thread and never waits: what the connection cannot take now
 * waits in the client's own bounded queue.
 */
public final class Viewer {
    private final Channel channel;
    private final ViewerQueue queue;
    private final Function<MediaFormat, String> hello;
    private final AtomicBoolean draining = new AtomicBoolean();
    private volatile boolean listening;
    private volatile boolean looking = true;
    private @Nullable MediaFormat pictures;
    private @Nullable MediaFormat sound;

    /**
     * @param channel an upgraded connection
     * @param hello the text that announces a format; sent ahead of the first unit in it
     */
    public Viewer(Channel channel, ViewerQueue queue, Function<MediaFormat, String> hello) {
        this.channel = channel;
        this.queue = queue;
        this.hello = hello;
    }

    ViewerQueue.Outcome offer(AccessUnit unit) {
        ViewerQueue.Outcome outcome = queue.offer(unit);
        if (outcome == ViewerQueue.Outcome.HOPELESS) {
            close(WebSocketCloseStatus.TRY_AGAIN_LATER, "too slow for this stream");
        } else if (queue.size() > 0 && draining.compareAndSet(false, true)) {
            channel.eventLoop().execute(this::drain);
        }
        return outcome;
    }

    /** Sends what the connection can take. In the event loop; also called when the connection can take more again. */
    void drain() {
        draining.set(false);
        boolean wrote = false;
        while (channel.isWritable()) {
            AccessUnit unit = queue.poll();
            if (unit == null) {
                break;
            }
            announce(unit);
            // It takes over the reference that poll() gave.
            ByteBuf message = looking || unit.sound() ? unit.message().duplicate() : unit.header();
            channel.write(new BinaryWebSocketFrame(message), channel.voidPromise());
            wrote = true;
        }
        if (wrote) {
            channel.flush();
        }
    }

    private void announce(AccessUnit unit) {
        MediaFormat format = unit.format();
        if (format.equals(unit.sound() ? sound : pictures)) {
            return;
        }
        if (unit.sound()) {
            sound = format;
        } else {
            pictures = format;
        }
        channel.write(new TextWebSocketFrame(hello.apply(format)));
    }

    /** Whether it wants sound. It does not until it says so. */
    void listen(boolean on) {
        listening = on;
    }

    /** Whether it wants what is in pictures, not their headers alone. It does until it says otherwise. */
    void look(boolean on) {
        looking = on;
    }

    boolean listens() {
        return listening;
    }

    /** Sends a text message, unless the connection is full: such messages are about now and are not kept. */
    void send(String json) {
        if (channel.isWritable()) {
            channel.writeAndFlush(new TextWebSocketFrame(json), channel.voidPromise());
        }
    }

    /** Says why, then closes; one that does not read is closed all the same. */
    void close(WebSocketCloseStatus status, String reason) {
        queue.close();
        channel.writeAndFlush(new CloseWebSocketFrame(status, reason)).addListener(ChannelFutureListener.CLOSE);
        channel.eventLoop().schedule(() -> channel.close(), 1, TimeUnit.SECONDS);
    }

    /** The connection is gone. */
    void gone() {
        queue.close();
    }

    ViewerQueue queue() {
        return queue;
    }
}
