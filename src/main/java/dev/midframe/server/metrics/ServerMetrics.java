package dev.midframe.server.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** All figures in Prometheus' terms; their names are part of the interface (docs/reference/metrics.md). */
public final class ServerMetrics {
    private final PrometheusRegistry registry = new PrometheusRegistry();

    final Counter framesIn = counter("midframe_frames_in", "Real frames that reached the interpolation");
    final Counter framesOut = counter("midframe_frames_out", "Frames that left the interpolation", "kind");
    final Counter framesSkipped = counter("midframe_frames_skipped", "Frames left out, by reason", "reason");
    final Histogram pairLatency = Histogram.builder()
            .name("midframe_pair_latency_seconds")
            .help("From the arrival of the newer real frame to the departure of a frame that needs it")
            .unit(Unit.SECONDS)
            .labelNames("stream")
            .classicUpperBounds(.001, .0025, .005, .01, .0167, .025, .0333, .05, .1, .25, .5, 1, 2.5)
            .register(registry);
    final Counter pictures = counter("midframe_pictures", "Encoded pictures");
    public final Counter sentBytes = counter("midframe_sent_bytes", "Bytes of pictures handed to clients' connections");
    public final Counter droppedPictures =
            counter("midframe_client_dropped_pictures", "Pictures not sent to a slow client");
    public final Counter movedOn =
            counter("midframe_client_moved_on", "Times a slow client was moved on to a key frame");
    public final Counter closedClients = counter("midframe_client_closed", "Clients that left, by reason", "reason");
    public final Counter keyRequests = counter("midframe_key_frame_requests", "Key frames asked of the encoder");
    final Counter restarts = counter("midframe_stream_restarts", "Times a stream was started again", "reason");
    public final Gauge queueDepth = gauge("midframe_client_queue_pictures", "Pictures waiting for clients");
    public final Gauge clients = gauge("midframe_clients", "Connected WebSocket clients");
    public final Gauge webRtcSessions = gauge("midframe_webrtc_sessions", "Viewers by WebRTC");
    public final Gauge running = gauge("midframe_stream_running", "1 while pictures come");
    public final Counter requests = Counter.builder()
            .name("midframe_http_requests")
            .help("Answered HTTP requests")
            .labelNames("code")
            .register(registry);

    private final Counter engineBuilds = Counter.builder()
            .name("midframe_engine_builds")
            .help("Engines built for this GPU")
            .register(registry);
    private final Counter gpuFailures = Counter.builder()
            .name("midframe_gpu_failures")
            .help("Times an engine on a GPU did not open, or failed in mid-stream")
            .register(registry);
    private final Gauge gpuLost = Gauge.builder()
            .name("midframe_gpu_lost")
            .help("1 where a GPU does no more for this program until it is started again")
            .register(registry);
    private final Gauge engineBuildShare = Gauge.builder()
            .name("midframe_engine_build_ratio")
            .help("How far the engine is that is being built; 1 when none is")
            .register(registry);

    public ServerMetrics() {
        JvmMetrics.builder().register(registry);
        engineBuilds.inc(0);
        gpuFailures.inc(0);
        gpuLost.set(0);
        engineBuildShare.set(1);
    }

    /** Tells which version of the program runs. */
    public void build(String version) {
        Info.builder()
                .name("midframe_build_info")
                .help("Which version of the program runs")
                .labelNames("version")
                .register(registry)
                .setLabelValues(version);
    }

    /** @param share of the work that is done, 0 to 1 */
    public void engineBuild(double share) {
        engineBuildShare.set(share);
        if (share >= 1) {
            engineBuilds.inc();
        }
    }

    /** @param forGood whether the GPU does no more for this program */
    public void gpuFailed(boolean forGood) {
        gpuFailures.inc();
        if (forGood) {
            gpuLost.set(1);
        }
    }

    /** The text format, version 0.0.4. */
    public byte[] text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames(withStream(labels))
                .register(registry);
    }

    private Gauge gauge(String name, String help) {
        return Gauge.builder().name(name).help(help).labelNames("stream").register(registry);
    }

    private static String[] withStream(String[] labels) {
        String[] all = new String[labels.length + 1];
        all[0] = "stream";
        System.arraycopy(labels, 0, all, 1, labels.length);
        return all;
    }
}
