package dev.midframe.server.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request is not whole in time: counted from the connection's start, TLS included, and later from
 * the first byte of each request. That bytes keep coming, one now and then, does not help.
 */
final class RequestDeadline extends ChannelInboundHandlerAdapter {
    private final Duration limit;
    private @Nullable Future<?> deadline;
    private boolean wholeRequest;

    RequestDeadline(Duration limit) {
        this.limit = limit;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        start(context);
        context.fireChannelActive();
    }

    /** Whole requests arrive here. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object request) {
        wholeRequest = true;
        cancel();
        context.fireChannelRead(request);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!wholeRequest && deadline == null) {
            start(context);
        }
        wholeRequest = false;
        context.fireChannelReadComplete();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        cancel();
    }

    private void start(ChannelHandlerContext context) {
        deadline = context.executor().schedule(() -> context.close(), limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void cancel() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }
}
