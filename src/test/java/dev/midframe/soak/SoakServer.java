package dev.midframe.soak;

import dev.midframe.support.Uninterruptibly;
import dev.midframe.testkit.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The server in a process of its own, as a user starts it, and what the kernel says of that process. */
final class SoakServer implements AutoCloseable {
    private static final double PAGES_PER_MEGABYTE = 256;

    private final Process process;
    private final URI uri;
    private final HttpClient http;

    SoakServer(HttpClient http, Path folder, Path config, Path log) throws IOException {
        this.http = http;
        this.process = Program.start(folder, "serve", config.toString());
        BufferedReader said = process.inputReader();
        String mark = "midframe: open ";
        String line = said.readLine();
        while (line != null && !line.startsWith(mark)) {
            line = said.readLine();
        }
        if (line == null) {
            throw new IOException("the server ended before it listened");
        }
        uri = URI.create(line.substring(mark.length()));
        Thread.ofVirtual().start(() -> {
            try {
                Files.write(log, (Iterable<String>) said.lines()::iterator);
            } catch (IOException e) {
                throw new IllegalStateException("cannot keep the server's log", e);
            }
        });
    }

    int port() {
        return uri.getPort();
    }

    boolean alive() {
        return process.isAlive();
    }

    URI stream(String name) {
        return URI.create("ws://127.0.0.1:" + port() + "/ws/" + name);
    }

    void post(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve(path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        http.send(request, HttpResponse.BodyHandlers.discarding());
    }

    /** From /proc; {@code getconf PAGESIZE} is 4096 on every machine this runs on. */
    double rssMegabytes() throws IOException {
        return Long.parseLong(Files.readString(proc("statm")).split(" ")[1]) / PAGES_PER_MEGABYTE;
    }

    int descriptors() throws IOException {
        return count("fd");
    }

    int threads() throws IOException {
        return count("task");
    }

    @Override
    public void close() {
        process.destroy();
        Uninterruptibly.await(process.onExit().completeOnTimeout(process, 15, TimeUnit.SECONDS));
        process.destroyForcibly();
    }

    private int count(String folder) throws IOException {
        try (Stream<Path> entries = Files.list(proc(folder))) {
            return (int) entries.count();
        }
    }

    private Path proc(String name) {
        return Path.of("/proc", Long.toString(process.pid()), name);
    }
}
