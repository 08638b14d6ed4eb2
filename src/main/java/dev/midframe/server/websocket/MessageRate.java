package dev.midframe.server.websocket;

import dev.midframe.server.http.RateLimit;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/** Closes the connection of a viewer that sends more messages, pings included, than anybody who watches has to. */
public final class MessageRate extends ChannelInboundHandlerAdapter {
    private final RateLimit rate;
    private final Viewer viewer;
    private boolean closing;

    public MessageRate(RateLimit rate, Viewer viewer) {
        this.rate = rate;
        this.viewer = viewer;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof WebSocketFrame) || !closing && rate.allows()) {
            context.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        if (!closing) {
            closing = true;
            context.channel().config().setAutoRead(false);
            viewer.close(WebSocketCloseStatus.POLICY_VIOLATION, "too many messages");
        }
    }
}
