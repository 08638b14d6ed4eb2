package dev.midframe.server.stream;

import dev.midframe.server.config.StreamConfig;
import dev.midframe.server.http.Json;
import dev.midframe.server.metrics.ServerMetrics;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** All configured streams, by name, in the order of the configuration. */
public final class Streams implements AutoCloseable {
    private final Map<String, Stream> byName = new LinkedHashMap<>();

    public Streams(List<StreamConfig> configs, Json json, ServerMetrics metrics, FrameRouter router) {
        configs.forEach(config -> byName.put(config.name(), new Stream(config, json, metrics, router)));
    }

    public void autostart() {
        all().stream().filter(stream -> stream.config().autostart()).forEach(Stream::start);
    }

    @Nullable
    public Stream named(String name) {
        return byName.get(name);
    }

    public Collection<Stream> all() {
        return byName.values();
    }

    /** Whether every stream that should run does. */
    public boolean ready() {
        return all().stream().filter(stream -> stream.config().autostart()).allMatch(Stream::running);
    }

    /** Ends all at the same time. */
    @Override
    public void close() {
        CompletableFuture.allOf(all().stream()
                        .map(stream -> CompletableFuture.runAsync(stream::close, Thread::startVirtualThread))
                        .toArray(CompletableFuture[]::new))
                .join();
    }
}
