package dev.midframe.server.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;

/**
 * Pings a WebSocket client that has said nothing for a while, and closes the connection of one that answers no ping.
 * Only what comes from the client counts: pictures go out all the time, also to a client that is no longer there.
 */
public final class Heartbeat extends IdleStateHandler {
    private static final int PING_SECONDS = 15;
    private static final int PINGS = 3;

    private int unanswered;

    public Heartbeat() {
        super(PING_SECONDS, 0, 0);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        unanswered = 0;
        super.channelRead(context, message);
    }

    @Override
    protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
        if (unanswered++ < PINGS) {
            context.channel().writeAndFlush(new PingWebSocketFrame());
        } else {
            context.close();
        }
    }
}
