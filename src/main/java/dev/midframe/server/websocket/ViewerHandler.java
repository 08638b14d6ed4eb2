package dev.midframe.server.websocket;

import com.fasterxml.jackson.databind.JsonNode;
import dev.midframe.server.http.Json;
import dev.midframe.server.stream.Stream;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A WebSocket client after its handshake: joins the stream, takes control messages, leaves. */
public final class ViewerHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final Logger log = LoggerFactory.getLogger(ViewerHandler.class);

    private final Stream stream;
    private final Semaphore viewerSlots;
    private final Viewer viewer;
    private final Json json;
    private boolean placed;

    /**
     * @param viewerSlots one permit for every further viewer, for all streams together
     */
    public ViewerHandler(Stream stream, Semaphore viewerSlots, Viewer viewer, Json json) {
        this.stream = stream;
        this.viewerSlots = viewerSlots;
        this.viewer = viewer;
        this.json = json;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
            join(context);
        } else {
            super.userEventTriggered(context, event);
        }
    }

    private void join(ChannelHandlerContext context) {
        placed = viewerSlots.tryAcquire();
        if (!placed || !stream.viewers().add(viewer)) {
            close(context, WebSocketCloseStatus.TRY_AGAIN_LATER, "no viewer slot is free");
            return;
        }
        viewer.send(stream.state());
        stream.requestKeyFrame();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        if (frame instanceof TextWebSocketFrame text && text.isFinalFragment()) {
            command(context, text.text());
        } else if (!(frame instanceof PongWebSocketFrame)) {
            close(context, WebSocketCloseStatus.INVALID_MESSAGE_TYPE, "send whole text messages");
        }
    }

    private void command(ChannelHandlerContext context, String text) {
        JsonNode message = json.object(text);
        if (message == null) {
            close(context, WebSocketCloseStatus.POLICY_VIOLATION, "a message is a JSON object");
        } else if (message.path("type").asText().equals("key")) {
            stream.requestKeyFrame();
        } else if (message.path("type").asText().equals("sound")) {
            viewer.listen(message.path("on").asBoolean());
        } else if (message.path("type").asText().equals("pictures")) {
            viewer.look(message.path("on").asBoolean());
        } else {
            viewer.send(json.text(new Json.Problem(
                    "error", "a client sends {\"type\":\"key\"}, or \"sound\" or \"pictures\" with \"on\":true")));
        }
    }

    private static void close(ChannelHandlerContext context, WebSocketCloseStatus status, String reason) {
        context.writeAndFlush(new CloseWebSocketFrame(status, reason))
                .addListener(io.netty.channel.ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        viewer.drain();
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stream.viewers().remove(viewer, "left");
        viewer.gone();
        if (placed) {
            placed = false;
            viewerSlots.release();
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("client of {} closed", stream.config().name(), cause);
        context.close();
    }
}
