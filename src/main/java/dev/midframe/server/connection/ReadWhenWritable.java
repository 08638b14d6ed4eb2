package dev.midframe.server.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Reads nothing from a client that does not take what it is sent, until it does: whoever asks without reading the answers
 * fills its own connection, and not the memory.
 */
final class ReadWhenWritable extends ChannelInboundHandlerAdapter {

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(context.channel().isWritable());
        context.fireChannelWritabilityChanged();
    }
}
