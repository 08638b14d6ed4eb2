package dev.midframe.server.http;

import dev.midframe.server.metrics.ServerMetrics;
import dev.midframe.server.stream.Stream;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests by {@link Routes}, and hands a permitted WebSocket over. One a connection. */
public final class HttpHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger log = LoggerFactory.getLogger(HttpHandler.class);

    private static final String WEB_SOCKET_VERSION = "13";

    private final Routes routes;
    private final RequestRate rate;
    private final SecurityHeaders security;
    private final ServerMetrics metrics;
    private final BiConsumer<ChannelHandlerContext, Stream> upgrade;
    private boolean closing;
    private boolean answering;

    /** @param upgrade makes the connection a WebSocket of the stream; the request follows it down the pipeline */
    public HttpHandler(
            Routes routes,
            RequestRate rate,
            SecurityHeaders security,
            ServerMetrics metrics,
            BiConsumer<ChannelHandlerContext, Stream> upgrade) {
        this.routes = routes;
        this.rate = rate;
        this.security = security;
        this.metrics = metrics;
        this.upgrade = upgrade;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
        if (closing) {
            return;
        }
        if (answering) {
            context.close();
            return;
        }
        if (message.decoderResult().isFailure()) {
            Throwable cause = message.decoderResult().cause();
            HttpResponseStatus status = cause instanceof TooLongFrameException
                    ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                    : HttpResponseStatus.BAD_REQUEST;
            send(context, message.method(), Answer.text(status, "this is no request the server takes"), false);
            return;
        }
        ClientAddress client = ClientAddress.of(context.channel());
        if (!rate.allows(client)) {
            send(
                    context,
                    message.method(),
                    Answer.text(HttpResponseStatus.TOO_MANY_REQUESTS, "too many requests; wait"),
                    false);
            return;
        }
        Request request;
        try {
            request = Request.of(client, message.method(), message.uri(), message.headers());
        } catch (IllegalArgumentException e) {
            send(
                    context,
                    message.method(),
                    Answer.text(HttpResponseStatus.BAD_REQUEST, "the address is malformed, or Host stands twice"),
                    false);
            return;
        }
        if (request.path().startsWith(Routes.WEB_SOCKET) && wantsWebSocket(message)) {
            watch(context, message, request);
        } else {
            CompletableFuture<Answer> answer = routes.answer(request, message.content());
            boolean keepAlive = HttpUtil.isKeepAlive(message);
            if (answer.isDone()) {
                send(context, message.method(), answer.join(), keepAlive);
            } else {
                // What is sent before the answer would be answered before it.
                answering = true;
                answer.thenAcceptAsync(
                        late -> {
                            answering = false;
                            send(context, message.method(), late, keepAlive);
                        },
                        context.executor());
            }
        }
    }

    private void watch(ChannelHandlerContext context, FullHttpRequest message, Request request) {
        Answer refusal = routes.refusal(request);
        Stream stream = routes.stream(request);
        if (refusal != null || stream == null) {
            Answer answer = refusal == null ? Answer.text(HttpResponseStatus.NOT_FOUND, "no such stream") : refusal;
            send(context, message.method(), answer, false);
            return;
        }
        if (!WEB_SOCKET_VERSION.equals(message.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            Answer answer =
                    Answer.text(HttpResponseStatus.UPGRADE_REQUIRED, "this is not WebSocket version 13 (RFC 6455)");
            send(context, message.method(), answer.with("sec-websocket-version", WEB_SOCKET_VERSION), false);
            return;
        }
        upgrade.accept(context, stream);
        context.fireChannelRead(message.retain());
        context.pipeline().remove(this);
    }

    private void send(ChannelHandlerContext context, HttpMethod method, Answer answer, boolean mayStay) {
        boolean keepAlive = mayStay && !answer.status().equals(HttpResponseStatus.TOO_MANY_REQUESTS);
        metrics.requests.labelValues(Integer.toString(answer.status().code())).inc();
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                answer.status(),
                method.equals(HttpMethod.HEAD) ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.body()));
        security.addTo(response.headers());
        answer.headers().forEach(response.headers()::set);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.type());
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        if (keepAlive) {
            context.writeAndFlush(response);
        } else {
            // What the client has sent already is not answered any more; that it does not read ends with the idle time.
            closing = true;
            context.channel().config().setAutoRead(false);
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof IdleStateEvent) {
            context.close();
        } else {
            super.userEventTriggered(context, event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("connection closed", cause);
        context.close();
    }

    private static boolean wantsWebSocket(FullHttpRequest message) {
        return message.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }
}
