package dev.midframe.server;

import dev.midframe.interpolation.FrameObserver;
import dev.midframe.server.config.ConfigException;
import dev.midframe.server.config.ServerConfig;
import dev.midframe.server.connection.ConnectionSetup;
import dev.midframe.server.http.Access;
import dev.midframe.server.http.Json;
import dev.midframe.server.http.Routes;
import dev.midframe.server.http.SessionKey;
import dev.midframe.server.http.Tls;
import dev.midframe.server.metrics.ServerMetrics;
import dev.midframe.server.stream.FrameRouter;
import dev.midframe.server.stream.Streams;
import dev.midframe.server.webrtc.WebRtcSessions;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The running server: listens, and runs the streams. GStreamer is initialized, and {@code midframe} registered, before. */
public final class Server implements AutoCloseable {
    private static final int BACKLOG = 512;
    // The kernel's own growth would let megabytes of old pictures wait for one slow client.
    private static final int SEND_BUFFER_BYTES = 256 << 10;
    private static final int RECEIVE_BUFFER_BYTES = 64 << 10;

    private final ServerConfig config;
    private final FrameRouter router = new FrameRouter();
    private final SessionKey key;
    private final Streams streams;
    private final Reload reload;
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ServerMetrics metrics = new ServerMetrics();
    private final Json json = new Json();
    private final WebRtcSessions webRtc;
    private @Nullable Channel listener;

    /** A server that reads no configuration again, and whose sessions end with it. */
    public Server(ServerConfig config) {
        this(config, SessionKey.random(), () -> config);
    }

    /**
     * @param key signs the cookies of pages
     * @param read reads the configuration again
     */
    public Server(ServerConfig config, SessionKey key, Supplier<ServerConfig> read) {
        this.config = config;
        this.key = key;
        this.streams = new Streams(config.streams(), json, metrics, router);
        this.reload = new Reload(config, read, streams);
        this.webRtc = new WebRtcSessions(
                config.limits().webRtcViewers(), config.address().getAddress(), metrics);
    }

    /**
     * Looks for what no attempt to start a stream can mend. {@code midframe} is registered before.
     *
     * @throws ConfigException with a line for each such stream
     */
    public void requireUsableStreams() {
        Reload.requireUsable(config);
    }

    /** Begins to read the configuration again; what came of it is in the log, and in {@code GET /api/reload}. */
    public void reload() {
        reload.begin();
    }

    /** Tells in the metrics which version of the program this is. Once, before {@link #start}. */
    public void version(String version) {
        metrics.build(version);
    }

    /** To be registered with the element before {@link #start}. */
    public FrameObserver frameObserver() {
        return router;
    }

    /** Gets how far the build of an engine is, from 0 to 1, where it has just been finished. */
    public DoubleConsumer engineBuilds() {
        return metrics::engineBuild;
    }

    /** @param forGood whether the GPU does no more for this program */
    public void gpuFailed(boolean forGood) {
        metrics.gpuFailed(forGood);
    }

    /**
     * Listens, and starts the streams that start by themselves.
     *
     * @return the address for people
     * @throws IOException when the address or the certificate cannot be used; one line says why
     */
    public String start() throws IOException {
        Access access = new Access(config, key, System::nanoTime);
        Routes routes = new Routes(streams, access, metrics, json, reload, webRtc);
        SslContext tls = tls();
        try {
            Channel bound = new ServerBootstrap()
                    .group(loops)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_BACKLOG, BACKLOG)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES)
                    .childHandler(new ConnectionSetup(config, tls, connections, routes, metrics, json))
                    .bind(config.address())
                    .syncUninterruptibly()
                    .channel();
            listener = bound;
            streams.autostart();
            return config.url(((InetSocketAddress) bound.localAddress()).getPort());
        } catch (Exception e) {
            // Netty rethrows the bind's own checked exception undeclared.
            throw new IOException(
                    "cannot listen on " + config.address().getHostString() + ":"
                            + config.address().getPort() + ": " + e.getMessage() + "; choose another server.port",
                    e);
        }
    }

    private @Nullable SslContext tls() throws IOException {
        Tls tls = config.tls();
        if (tls == null) {
            return null;
        }
        try {
            return SslContextBuilder.forServer(
                            tls.certificate().toFile(), tls.key().toFile())
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IOException(
                    "cannot use the certificate " + tls.certificate() + " with the key " + tls.key()
                            + ": both are PEM, the key PKCS#8 without a password",
                    e);
        }
    }

    /** Takes no more clients, ends the streams in good order, informs the clients, closes. At most about 3 s. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (listener != null) {
            listener.close().awaitUninterruptibly(200);
        }
        webRtc.close();
        streams.close();
        streams.all().forEach(stream -> stream.viewers().close());
        connections.newCloseFuture().awaitUninterruptibly(300);
        connections.close().awaitUninterruptibly(200);
        loops.shutdownGracefully(0, 300, TimeUnit.MILLISECONDS).awaitUninterruptibly(500);
    }
}
