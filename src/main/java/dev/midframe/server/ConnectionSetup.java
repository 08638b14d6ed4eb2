package dev.midframe.server;

import dev.midframe.server.config.Limits;
import dev.midframe.server.config.ServerConfig;
import dev.midframe.server.http.HttpHandler;
import dev.midframe.server.http.Json;
import dev.midframe.server.http.RequestRate;
import dev.midframe.server.http.Routes;
import dev.midframe.server.http.SecurityHeaders;
import dev.midframe.server.metrics.ServerMetrics;
import dev.midframe.server.stream.Stream;
import dev.midframe.server.websocket.Heartbeat;
import dev.midframe.server.websocket.Viewer;
import dev.midframe.server.websocket.ViewerHandler;
import dev.midframe.server.websocket.ViewerQueue;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Builds the handlers of each new connection; refuses connections beyond the limit. */
final class ConnectionSetup extends ChannelInitializer<SocketChannel> {
    private static final int HTTP_IDLE_SECONDS = 30;
    private static final int SEND_LOW = 64 << 10;
    private static final int SEND_HIGH = 256 << 10;

    private final ServerConfig config;
    private final @Nullable SslContext tls;
    private final ChannelGroup connections;
    private final Routes routes;
    private final RequestRate rate;
    private final ServerMetrics metrics;
    private final Json json;
    private final Semaphore places;

    ConnectionSetup(
            ServerConfig config,
            @Nullable SslContext tls,
            ChannelGroup connections,
            Routes routes,
            ServerMetrics metrics,
            Json json) {
        this.config = config;
        this.tls = tls;
        this.connections = connections;
        this.routes = routes;
        this.rate = new RequestRate(config.limits(), System::nanoTime);
        this.metrics = metrics;
        this.json = json;
        this.places = new Semaphore(config.limits().viewers());
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        if (connections.size() >= config.limits().connections()) {
            channel.close();
            return;
        }
        connections.add(channel);
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(SEND_LOW, SEND_HIGH));
        ChannelPipeline pipeline = channel.pipeline();
        if (tls != null) {
            pipeline.addLast(tls.newHandler(channel.alloc()));
        }
        Limits limits = config.limits();
        pipeline.addLast("idle", new IdleStateHandler(HTTP_IDLE_SECONDS, 0, 0));
        pipeline.addLast(new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(Math.min(4096, limits.headerBytes()))
                .setMaxHeaderSize(limits.headerBytes())));
        pipeline.addLast(new HttpObjectAggregator(limits.bodyBytes(), true));
        pipeline.addLast(new HttpHandler(routes, rate, new SecurityHeaders(tls != null), metrics, this::becomeViewer));
    }

    private void becomeViewer(ChannelHandlerContext context, Stream stream) {
        Limits limits = config.limits();
        ChannelPipeline pipeline = context.pipeline();
        pipeline.replace("idle", "idle", new Heartbeat());
        pipeline.addLast(new WebSocketServerProtocolHandler(WebSocketServerProtocolConfig.newBuilder()
                .websocketPath(Routes.WEB_SOCKET + stream.config().name())
                .checkStartsWith(true)
                .maxFramePayloadLength(limits.messageBytes())
                .allowExtensions(false)
                .dropPongFrames(false)
                .handshakeTimeoutMillis(5000)
                .build()));
        Viewer viewer = new Viewer(
                context.channel(), new ViewerQueue(limits.queueFrames(), limits.queueBytes()), stream::hello);
        pipeline.addLast(new ViewerHandler(stream, places, viewer, json));
    }
}
