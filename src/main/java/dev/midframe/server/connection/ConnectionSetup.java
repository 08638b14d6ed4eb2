package dev.midframe.server.connection;

import dev.midframe.server.config.Limits;
import dev.midframe.server.config.ServerConfig;
import dev.midframe.server.http.ClientAddress;
import dev.midframe.server.http.HttpHandler;
import dev.midframe.server.http.Json;
import dev.midframe.server.http.RateLimit;
import dev.midframe.server.http.RequestRate;
import dev.midframe.server.http.Routes;
import dev.midframe.server.http.SecurityHeaders;
import dev.midframe.server.metrics.ServerMetrics;
import dev.midframe.server.stream.Stream;
import dev.midframe.server.websocket.Heartbeat;
import dev.midframe.server.websocket.MessageRate;
import dev.midframe.server.websocket.Viewer;
import dev.midframe.server.websocket.ViewerHandler;
import dev.midframe.server.websocket.ViewerQueue;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Builds the handlers of each new connection; refuses connections beyond the limits. */
public final class ConnectionSetup extends ChannelInitializer<Channel> {
    private static final String DEADLINE = "deadline";
    private static final int HTTP_IDLE_SECONDS = 30;
    private static final int SEND_LOW = 64 << 10;
    private static final int SEND_HIGH = 256 << 10;
    /** Read at once: some tens of requests, before others have their turn. */
    private static final int RECEIVE_BYTES = 2 << 10;

    private final ServerConfig config;
    private final @Nullable SslContext tls;
    private final ChannelGroup connections;
    private final Routes routes;
    private final RequestRate rate;
    private final ServerMetrics metrics;
    private final Json json;
    private final Semaphore viewerSlots;
    private final ConcurrentMap<ClientAddress, Integer> byAddress = new ConcurrentHashMap<>();

    public ConnectionSetup(
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
        this.viewerSlots = new Semaphore(config.limits().viewers());
    }

    @Override
    protected void initChannel(Channel channel) {
        Limits limits = config.limits();
        if (connections.size() >= limits.connections() || !countedByAddress(channel, limits)) {
            channel.close();
            return;
        }
        connections.add(channel);
        channel.config()
                .setWriteBufferWaterMark(new WriteBufferWaterMark(SEND_LOW, SEND_HIGH))
                .setRecvByteBufAllocator(new FixedRecvByteBufAllocator(RECEIVE_BYTES).maxMessagesPerRead(1));
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(new ReadWhenWritable());
        if (tls != null) {
            SslHandler handler = tls.newHandler(channel.alloc());
            handler.setHandshakeTimeoutMillis(limits.requestTimeout().toMillis());
            pipeline.addLast(handler);
        }
        pipeline.addLast("idle", new IdleStateHandler(HTTP_IDLE_SECONDS, 0, 0));
        // Before the decoder, so that a WebSocket's decoder, which takes its place, reaches the encoder with what it
        // answers.
        pipeline.addLast(new HttpResponseEncoder());
        pipeline.addLast(new StrictRequestDecoder(new HttpDecoderConfig()
                .setMaxInitialLineLength(Math.min(4096, limits.headerBytes()))
                .setMaxHeaderSize(limits.headerBytes())));
        pipeline.addLast(new HttpObjectAggregator(limits.bodyBytes(), true));
        pipeline.addLast(DEADLINE, new RequestDeadline(limits.requestTimeout()));
        pipeline.addLast(new FlowControlHandler());
        pipeline.addLast(new HttpHandler(routes, rate, new SecurityHeaders(tls != null), metrics, this::becomeViewer));
    }

    private boolean countedByAddress(Channel channel, Limits limits) {
        ClientAddress address = ClientAddress.of(channel);
        boolean granted = byAddress.merge(address, 1, Integer::sum) <= limits.connectionsPerAddress();
        channel.closeFuture()
                .addListener(closed -> byAddress.computeIfPresent(address, (a, open) -> open == 1 ? null : open - 1));
        return granted;
    }

    private void becomeViewer(ChannelHandlerContext context, Stream stream) {
        Limits limits = config.limits();
        ChannelPipeline pipeline = context.pipeline();
        pipeline.remove(DEADLINE);
        pipeline.replace("idle", "idle", new Heartbeat());
        Viewer viewer = new Viewer(
                context.channel(), new ViewerQueue(limits.queueFrames(), limits.queueBytes()), stream::hello);
        pipeline.addLast(new MessageRate(new RateLimit(limits, System::nanoTime), viewer));
        pipeline.addLast(new WebSocketServerProtocolHandler(WebSocketServerProtocolConfig.newBuilder()
                .websocketPath(Routes.WEB_SOCKET + stream.config().name())
                .checkStartsWith(true)
                .maxFramePayloadLength(limits.messageBytes())
                .allowExtensions(false)
                .dropPongFrames(false)
                .handshakeTimeoutMillis(5000)
                .build()));
        pipeline.addLast(new ViewerHandler(stream, viewerSlots, viewer, json));
    }
}
