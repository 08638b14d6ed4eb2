package dev.midframe.server;

import dev.midframe.element.MidframeElement;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.server.config.ServerConfig;
import dev.midframe.server.http.SessionKey;
import dev.midframe.testkit.AveragingInterpolator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A server over a configuration and real pipelines in a folder, on a free port. */
public final class RunningServer implements AutoCloseable {
    /** A live test picture of the given rate, encoded as the shipped pipelines do it. */
    public static final String PICTURE = "videotestsrc is-live=true pattern=${pattern:-ball} "
            + "! video/x-raw,format=I420,width=${width:-160},height=96,framerate=${fps:-30}/1 "
            + "! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=${gop:-30} bitrate=${kilobits:-300} "
            + "! video/x-h264,profile=constrained-baseline,stream-format=byte-stream,alignment=au "
            + "! appsink name=websocket sync=false max-buffers=120\n";

    private final Server server;
    private final URI uri;
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param config without an address; {@code picture.gst} lies beside it, with {@link #PICTURE} in it */
    public RunningServer(Path folder, String config) throws IOException {
        this(folder, config, AveragingInterpolator::new);
    }

    /** The same with another engine. */
    public RunningServer(Path folder, String config, InterpolatorFactory engines) throws IOException {
        if (Files.notExists(folder.resolve("picture.gst"))) {
            Files.writeString(folder.resolve("picture.gst"), PICTURE);
        }
        Path file = folder.resolve("server.conf");
        Files.writeString(file, "server.port = 0\n" + config);
        server = new Server(ServerConfig.read(file), SessionKey.random(), () -> ServerConfig.read(file));
        MidframeElement.register(engines, server.frameObserver());
        uri = URI.create(server.start());
    }

    public URI uri() {
        return uri;
    }

    URI socket(String stream) {
        return URI.create("ws://127.0.0.1:" + uri.getPort() + "/ws/" + stream);
    }

    HttpClient http() {
        return http;
    }

    public String get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri.resolve(path)).build());
    }

    public String post(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri.resolve(path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    /** The value of a metric line, 0 where there is none. */
    public double metric(String line) throws IOException, InterruptedException {
        return get("/metrics")
                .lines()
                .filter(candidate -> candidate.startsWith(line + " "))
                .mapToDouble(candidate -> Double.parseDouble(candidate.substring(line.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    /** Asks again until the answer holds the text. */
    public void await(String path, String text) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        String answer = get(path);
        while (!answer.contains(text)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(path + " never held " + text + " but " + answer);
            }
            TimeUnit.MILLISECONDS.sleep(50);
            answer = get(path);
        }
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    @Override
    public void close() {
        server.close();
        http.close();
    }
}
