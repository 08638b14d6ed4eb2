package dev.midframe.server;

import dev.midframe.server.config.ConfigException;
import dev.midframe.server.config.ServerConfig;
import dev.midframe.server.config.StreamConfig;
import dev.midframe.server.http.Json;
import dev.midframe.server.http.ReloadControl;
import dev.midframe.server.stream.StreamCheck;
import dev.midframe.server.stream.Streams;
import dev.midframe.support.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the configuration again while the server runs: streams that changed are started again, others go on. */
final class Reload implements ReloadControl {
    private static final Logger log = LoggerFactory.getLogger(Reload.class);

    private final Supplier<ServerConfig> read;
    private final Streams streams;
    private volatile Json.Reload last = new Json.Reload("reload", "none", "", List.of());
    private ServerConfig running;

    /** @param read throws {@link ConfigException} where the file cannot be used */
    Reload(ServerConfig running, Supplier<ServerConfig> read, Streams streams) {
        this.running = running;
        this.read = read;
        this.streams = streams;
    }

    @Override
    public Json.Reload last() {
        return last;
    }

    @Override
    public void begin() {
        last = new Json.Reload("reload", "running", "", List.of());
        Thread.ofVirtual().name("reload").start(this::run);
    }

    private synchronized void run() {
        try {
            ServerConfig next = read.get();
            requireUsable(next);
            List<String> changed = streams.apply(next.streams());
            String note = sameServer(next) ? "" : "server and limits take effect when the server is started again";
            running = next;
            last = new Json.Reload("reload", "done", note, changed);
            log.warn("configuration read again: {} changed{}", changed, note.isEmpty() ? "" : "; " + note);
        } catch (ConfigException e) {
            log.warn("the configuration stays as it is: {}", Redaction.withoutSecrets(e.getMessage()));
            last = new Json.Reload("reload", "refused", Redaction.withoutSecretsAndPaths(e.getMessage()), List.of());
        } catch (RuntimeException e) {
            log.error("reading the configuration again failed", e);
            last = new Json.Reload("reload", "refused", "internal error; the log says more", List.of());
        }
    }

    private boolean sameServer(ServerConfig next) {
        return next.with(List.of()).equals(running.with(List.of()));
    }

    /** @throws ConfigException with a line for each stream that can never run */
    static void requireUsable(ServerConfig config) {
        List<String> complaints = new ArrayList<>();
        for (StreamConfig stream : config.streams()) {
            StreamCheck.problem(stream)
                    .ifPresent(problem -> complaints.add("streams." + stream.name() + " cannot run: " + problem));
        }
        if (!complaints.isEmpty()) {
            throw new ConfigException(complaints);
        }
    }
}
