package dev.midframe.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midframe.cli.GStreamerRuntime;
import dev.midframe.cli.MidframeHome;
import dev.midframe.interpolation.FrameKind;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.PipelineDescription;
import dev.midframe.server.Server;
import dev.midframe.server.config.ServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * Sends frames with time codes through one pipeline and reads them at its other end. Sender, pipeline and receiver are
 * joined by the network alone (RTP; at the end RTP or a WebSocket), but share this process, so that one clock serves all.
 */
final class LatencyRun {

    private static final Pattern MIDFRAME =
            Pattern.compile("(?<=!)\\s*midframe(\\s+[a-z-]+=(\"(\\\\.|[^\"])*\"|\\$\\{[^}]*}|\\S+))*");
    private static final int WARM_UP_SECONDS = 3;
    private static final int FIRST_FRAME_SECONDS = 60;
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);

    private final Settings settings;
    private final LongAdder generated = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final BitSet seen = new BitSet(TimeCode.NUMBERS);
    private final Histogram micros = new Histogram(LONGEST_MICROS, 3);
    private final CountDownLatch first = new CountDownLatch(1);
    /** Open until the engine, which is opened when the first frame comes, has made a frame. */
    private final CountDownLatch warm;

    private volatile boolean measuring;

    private LatencyRun(Settings settings, boolean interpolated) {
        this.settings = settings;
        this.warm = new CountDownLatch(interpolated ? 1 : 0);
    }

    /**
     * What is measured.
     *
     * @param pipeline a file that takes H.264 over RTP at {@code ${port}}, or frames at {@code appsrc name=frames}
     * @param variables values for its other variables
     * @param seconds for which frames are counted, after the warm-up
     */
    record Settings(
            Path pipeline, Map<String, String> variables, int width, int height, int framesPerSecond, int seconds) {}

    /**
     * From the making of a frame, before it is encoded, to its picture at the receiver, decoded; source frames only.
     *
     * @param frames how many were read
     * @param p50 milliseconds
     * @param p99 milliseconds
     * @param generated frames that {@code midframe} made meanwhile, the warm-up included
     * @param skipped frames that it left out meanwhile
     */
    record Row(long frames, double p50, double p99, long generated, long skipped) {}

    /** @param interpolated false: {@code midframe} is replaced by {@code identity} */
    static Row measure(Settings settings, boolean interpolated) throws IOException, InterruptedException {
        return new LatencyRun(settings, interpolated).measure(interpolated);
    }

    private Row measure(boolean interpolated) throws IOException, InterruptedException {
        String text = Files.readString(settings.pipeline);
        String used = interpolated ? text : MIDFRAME.matcher(text).replaceAll(" identity");
        if (!interpolated && used.equals(text)) {
            throw new IllegalStateException(settings.pipeline + " has no midframe to measure");
        }
        Path folder = Files.createTempDirectory("midframe-latency");
        Path file = Files.writeString(folder.resolve(settings.pipeline.getFileName()), used);
        int port = freePort();
        try (var sender = new CodedSender(settings.width, settings.height, settings.framesPerSecond, port)) {
            IntConsumer arrivals = number -> arrived(sender, number);
            if (used.contains("name=websocket")) {
                throughServer(file, used.contains("name=frames"), port, arrivals);
            } else {
                throughRtp(file, port, arrivals);
            }
        } finally {
            try (var files = Files.list(folder)) {
                files.forEach(LatencyRun::delete);
            }
            delete(folder);
        }
        return new Row(
                micros.getTotalCount(),
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                generated.sum(),
                skipped.sum());
    }

    private void throughRtp(Path file, int port, IntConsumer arrivals) throws IOException, InterruptedException {
        GStreamerRuntime.start(this::count);
        int to = freePort();
        var variables = new HashMap<>(settings.variables);
        variables.put("port", Integer.toString(port));
        variables.put("to", Integer.toString(to));
        CodedReceiver receiver = CodedReceiver.ofRtp(to, arrivals);
        try (var pipeline = MediaPipeline.launch(PipelineDescription.of(file.toString(), variables))) {
            pipeline.play();
            collect();
            var outcome = pipeline.await(Duration.ZERO);
            if (outcome.isPresent()) {
                throw new IllegalStateException(outcome.get().failure().orElse(settings.pipeline + " ended"));
            }
        } finally {
            receiver.close();
        }
    }

    private void throughServer(Path file, boolean ownSource, int port, IntConsumer arrivals)
            throws IOException, InterruptedException {
        Map<String, String> toPort = Map.of("port", Integer.toString(port));
        var stream = new HashMap<String, Object>(
                Map.of("pipeline", file.toString(), "autostart", true, "variables", settings.variables));
        if (ownSource) {
            Path source = MidframeHome.pipeline("source-rtp.gst").toAbsolutePath();
            stream.put("source", Map.of("pipeline", source.toString(), "variables", toPort));
        } else {
            var all = new HashMap<>(settings.variables);
            all.putAll(toPort);
            stream.put("variables", all);
        }
        Path config = file.resolveSibling("server.conf");
        new ObjectMapper()
                .writeValue(config.toFile(), Map.of("server", Map.of("port", 0), "streams", Map.of("latency", stream)));
        try (var server = new Server(ServerConfig.read(config))) {
            GStreamerRuntime.start(this::count);
            URI page = URI.create(server.start());
            URI socket = URI.create("ws://127.0.0.1:" + page.getPort() + "/ws/latency");
            try (var receiver = CodedReceiver.ofAccessUnits(arrivals)) {
                StreamClient client = new StreamClient(socket, receiver::push);
                try {
                    collect();
                } finally {
                    client.close();
                }
            }
        }
    }

    private void collect() throws InterruptedException {
        if (!first.await(FIRST_FRAME_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    "no frame came through " + settings.pipeline + " within " + FIRST_FRAME_SECONDS
                            + " s; it has to take H.264 over RTP at ${port}, or frames at appsrc name=frames,"
                            + " and to send RTP to ${to}, or to end in appsink name=websocket");
        }
        warm.await(FIRST_FRAME_SECONDS, TimeUnit.SECONDS);
        TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
        measuring = true;
        TimeUnit.SECONDS.sleep(settings.seconds);
        measuring = false;
    }

    /** In the receiver's thread. A repeated picture is not the one that was asked about. */
    private void arrived(CodedSender sender, int number) {
        long nanos = System.nanoTime() - sender.sentNanos(number);
        first.countDown();
        boolean again = seen.get(number);
        seen.set(number);
        seen.clear((number + TimeCode.NUMBERS / 2) % TimeCode.NUMBERS);
        if (measuring && !again) {
            micros.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, LONGEST_MICROS));
        }
    }

    private void count(String element, long ptsNanos, FrameKind kind, long nanos) {
        if (kind == FrameKind.GENERATED) {
            generated.increment();
            warm.countDown();
        } else if (kind.leftOut()) {
            skipped.increment();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new DatagramSocket()) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
