package dev.midframe.server.stream;

import dev.midframe.server.config.StreamConfig;
import dev.midframe.server.http.Json;
import dev.midframe.server.metrics.ServerMetrics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All configured streams, by name, in the order of the configuration. */
public final class Streams implements AutoCloseable {
    private final Function<StreamConfig, Stream> make;
    private volatile Map<String, Stream> byName;

    public Streams(List<StreamConfig> configs, Json json, ServerMetrics metrics, FrameRouter router) {
        this.make = config -> new Stream(config, json, metrics, router);
        Map<String, Stream> made = new LinkedHashMap<>();
        configs.forEach(config -> made.put(config.name(), make.apply(config)));
        this.byName = made;
    }

    /**
     * Takes another configuration: starts what is new, and again what has changed, ends what is gone. Streams that have not
     * changed go on.
     *
     * @return the names of those that have changed
     */
    public synchronized List<String> apply(List<StreamConfig> configs) {
        Map<String, Stream> next = new LinkedHashMap<>();
        List<String> changed = new ArrayList<>();
        for (StreamConfig config : configs) {
            Stream present = byName.get(config.name());
            if (present == null) {
                present = make.apply(config);
                changed.add(config.name());
                if (config.autostart()) {
                    present.start();
                }
            } else if (present.reconfigure(config)) {
                changed.add(config.name());
            }
            next.put(config.name(), present);
        }
        List<Stream> gone = byName.values().stream()
                .filter(stream -> !next.containsValue(stream))
                .toList();
        byName = next;
        for (Stream stream : gone) {
            changed.add(stream.config().name());
            stream.close();
            stream.viewers().close();
        }
        return changed;
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

    /** Whether every stream that should run does, or would if its source were there. */
    public boolean ready() {
        return all().stream().filter(stream -> stream.config().autostart()).allMatch(Stream::settled);
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
