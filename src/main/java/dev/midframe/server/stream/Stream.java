package dev.midframe.server.stream;

import dev.midframe.interpolation.FrameKind;
import dev.midframe.interpolation.FrameObserver;
import dev.midframe.pipeline.Outcome;
import dev.midframe.pipeline.PipelineDescription;
import dev.midframe.pipeline.PipelineElement;
import dev.midframe.pipeline.PipelineException;
import dev.midframe.server.config.StreamConfig;
import dev.midframe.server.http.Json;
import dev.midframe.server.metrics.ServerMetrics;
import dev.midframe.server.metrics.StreamMeter;
import dev.midframe.server.websocket.AccessUnit;
import dev.midframe.server.websocket.MediaFormat;
import dev.midframe.server.websocket.PictureFlow;
import dev.midframe.server.websocket.SoundFlow;
import dev.midframe.server.websocket.SoundFormat;
import dev.midframe.server.websocket.StreamFormat;
import dev.midframe.server.websocket.Viewers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configured stream: starts its pipeline, watches it, starts it again with growing waits when it ends or goes silent,
 * and keeps its clients through all of that. Everything that changes runs in the stream's own thread.
 */
public final class Stream implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Stream.class);
    private static final long WATCH_MILLIS = 100;
    private static final Duration FINISH = Duration.ofMillis(1000);

    private volatile StreamConfig config;
    private final Json json;
    private final ServerMetrics metrics;
    private final FrameRouter router;
    private final FrameKinds kinds = new FrameKinds();
    private final RepeatedFrames repeated = new RepeatedFrames();
    private final Viewers viewers;
    private final StreamMeter meter;
    private final PictureFlow flow;
    private final SoundFlow sound;
    private final ScheduledExecutorService thread;

    private volatile StreamStatus status = new StreamStatus(StreamStatus.State.STOPPED, "", "");
    private volatile long lastPictureNanos;
    private volatile String engine = "";
    private volatile String model = "";
    private volatile boolean settled;
    /** What runs, as it was read when it was started. */
    private volatile List<PipelineDescription> launched = List.of();

    // Only in the stream's own thread.
    private @Nullable StreamPipeline pipeline;
    private @Nullable FrameFeed feed;
    private @Nullable SourcePipeline source;
    private List<String> interpolators = List.of();
    private final FrameObserver frameObserver = this::frame;
    private int failures;
    private long startedNanos;
    /** When an engine was seen being opened, which is nobody's silence. */
    private long lastOpeningNanos;

    private volatile long streamStartedNanos;
    private long nextStartNanos;
    private long lastTickNanos = System.nanoTime();
    private final KeyFrameRequests keyFrames = new KeyFrameRequests();

    public Stream(StreamConfig config, Json json, ServerMetrics metrics, FrameRouter router) {
        this.config = config;
        this.json = json;
        this.metrics = metrics;
        this.router = router;
        this.viewers = new Viewers(config.name(), config.viewers(), metrics);
        this.meter = new StreamMeter(config.name(), metrics, lastTickNanos);
        this.flow = new PictureFlow(kinds, repeated, viewers, meter, lastTickNanos);
        this.sound = new SoundFlow(viewers, lastTickNanos);
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("stream-" + config.name()).factory());
        thread.scheduleWithFixedDelay(this::watch, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
        metrics.running.labelValues(config.name()).set(0);
    }

    public StreamConfig config() {
        return config;
    }

    public Viewers viewers() {
        return viewers;
    }

    /** What time it is in the stream: what arrives now gets it as its presentation time. */
    public long timeMicros() {
        return flow.timeMicros();
    }

    /** Whether pictures come. */
    public boolean running() {
        return status.state() == StreamStatus.State.RUNNING;
    }

    /** Whether it runs, or has run, or waits for its source: what can be done here has been done. */
    boolean settled() {
        return settled;
    }

    /**
     * Takes another configuration of the same name, and starts with it again where it runs or should. A change of
     * {@code viewers} waits for a restart of the server.
     *
     * @return whether anything has changed, in the configuration or in the pipelines' files
     */
    boolean reconfigure(StreamConfig next) {
        boolean active = status.state() != StreamStatus.State.STOPPED;
        if (next.equals(config) && (!active || next.descriptions().equals(launched))) {
            return false;
        }
        thread.execute(() -> {
            config = next;
            if (active || next.autostart()) {
                end();
                failures = 0;
                launch();
            }
        });
        return true;
    }

    /** Begins to run, unless it already does. */
    public CompletableFuture<Void> start() {
        return CompletableFuture.runAsync(
                () -> {
                    if (status.state() == StreamStatus.State.STOPPED) {
                        failures = 0;
                        launch();
                    }
                },
                thread);
    }

    /** Ends the pipeline in good order; the clients stay and get the new state. */
    public CompletableFuture<Void> stop() {
        return CompletableFuture.runAsync(
                () -> {
                    if (pipeline != null && running()) {
                        pipeline.finish(FINISH);
                    }
                    end();
                    become(StreamStatus.State.STOPPED, "", "");
                },
                thread);
    }

    /** Asks for a key frame soon: at once, or with others after the pause that keeps the rate of key frames bounded. */
    public void requestKeyFrame() {
        thread.execute(() -> keyFrames.want(true));
        thread.execute(this::askForKeyFrame);
    }

    public Json.StreamView view() {
        StreamStatus now = status;
        return new Json.StreamView(
                config.name(),
                config.title(),
                now.state().id(),
                now.detail(),
                viewers.size(),
                flow.format(),
                sound.format(),
                meter.figures(),
                engine,
                model,
                config.addresses());
    }

    public String hello(MediaFormat format) {
        return json.text(
                switch (format) {
                    case StreamFormat pictures ->
                        new Json.Hello("hello", AccessUnit.VERSION, config.name(), config.title(), pictures);
                    case SoundFormat heard -> new Json.Sound("sound", heard);
                });
    }

    public String state() {
        return json.text(new Json.State("state", status.state().id(), status.reason()));
    }

    @Override
    public void close() {
        stop();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(FINISH.toMillis() + 1000, TimeUnit.MILLISECONDS)) {
                log.warn("{}: the pipeline did not end in time", config.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void frame(String element, long streamTimeNanos, FrameKind kind, long latencyNanos) {
        kinds.put(streamTimeNanos, kind);
        meter.frame(kind, latencyNanos);
    }

    /** Starts what does not run: all of it, or only a source of its own that is to be started again. */
    private void launch() {
        startedNanos = System.nanoTime();
        lastPictureNanos = startedNanos;
        lastOpeningNanos = startedNanos;
        try {
            if (pipeline == null) {
                // Before the state: a reload compares what is not stopped.
                launched = config.descriptions();
            }
            // After a restart the reason stands until pictures come again.
            become(StreamStatus.State.STARTING, status.reason(), status.detail());
            if (pipeline == null) {
                launchPipeline();
            }
            if (config.source() != null && feed != null) {
                source = SourcePipeline.launch(
                        config.name(),
                        config.source(),
                        feed::streamTime,
                        heard -> sound.offer(heard, streamStartedNanos));
                source.play();
                feed.use(source);
            }
        } catch (PipelineException e) {
            giveUp(String.valueOf(e.getMessage()));
        }
    }

    /** What is wrong with the description stays wrong until somebody changes it. */
    private void giveUp(String message) {
        end();
        settled = false;
        log.warn("{}: {}; not starting again until that is put right", config.name(), message);
        become(StreamStatus.State.STOPPED, "the stream cannot start", PublicMessage.of(config, message));
    }

    private void launchPipeline() {
        streamStartedNanos = startedNanos;
        boolean ownSource = config.source() != null;
        StreamPipeline made = StreamPipeline.launch(
                config,
                picture -> {
                    if (!ownSource) {
                        lastPictureNanos = System.nanoTime();
                    }
                    flow.offer(picture, streamStartedNanos);
                },
                heard -> sound.offer(heard, streamStartedNanos));
        pipeline = made;
        interpolators = made.interpolators().stream().map(PipelineElement::name).toList();
        router.add(interpolators, frameObserver);
        made.play();
        if (ownSource) {
            feed = made.feed(repeated, () -> lastPictureNanos = System.nanoTime(), config.name());
        }
        keyFrames.want(viewers.size() > 0);
    }

    private void watch() {
        try {
            long now = System.nanoTime();
            if (status.state() == StreamStatus.State.RESTARTING) {
                if (now - nextStartNanos >= 0) {
                    launch();
                }
            } else if (pipeline != null) {
                watchPipeline(pipeline, now);
            }
            askForKeyFrame();
            if (now - lastTickNanos >= TimeUnit.SECONDS.toNanos(1)) {
                lastTickNanos = now;
                tick(now);
            }
        } catch (RuntimeException e) {
            log.error("{}: watching failed", config.name(), e);
        }
    }

    private void watchPipeline(StreamPipeline current, long now) {
        boolean pictures = lastPictureNanos != startedNanos;
        Optional<Outcome> outcome = current.outcome();
        if (outcome.isPresent()) {
            end();
        } else if (source != null) {
            outcome = source.outcome();
        }
        if (outcome.isPresent()) {
            Optional<String> failure = outcome.get().failure();
            if (failure.isPresent()) {
                retry("failed", "the stream failed", failure.get());
            } else {
                retry("ended", "the source ended", "the source ended");
            }
            return;
        }
        if (current.opensEngine()) {
            lastOpeningNanos = now;
        }
        Duration silent = Duration.ofNanos(now - Math.max(lastPictureNanos, lastOpeningNanos));
        Duration patience =
                pictures ? config.restart().stall() : config.restart().connect();
        if (silent.compareTo(patience) > 0) {
            String reason = "no picture for " + silent.toSeconds() + " s";
            if (!listening(current)) {
                retry("silent", reason, reason);
            } else if (status.state() != StreamStatus.State.WAITING) {
                become(StreamStatus.State.WAITING, reason, reason);
            }
        } else if (pictures && status.state() != StreamStatus.State.RUNNING) {
            failures = 0;
            become(StreamStatus.State.RUNNING, "", "");
        }
    }

    private boolean listening(StreamPipeline current) {
        return source != null ? Listening.only(source.pipeline()) : Listening.only(current.pipeline());
    }

    /** Ends the source, or everything where the source is part of the pipeline, and plans the next start. */
    private void retry(String counted, String reason, String message) {
        if (feed != null) {
            endSource();
        } else {
            end();
        }
        Duration delay = config.restart().delay(failures++);
        nextStartNanos = System.nanoTime() + delay.toNanos();
        meter.restarted(counted);
        log.warn("{}: {}; starting again in {} ms", config.name(), message, delay.toMillis());
        become(StreamStatus.State.RESTARTING, reason, PublicMessage.of(config, message));
    }

    private void endSource() {
        if (feed != null) {
            feed.use(null);
        }
        if (source != null) {
            source.close();
            source = null;
        }
    }

    private void end() {
        endSource();
        if (feed != null) {
            feed.close();
            feed = null;
        }
        if (pipeline != null) {
            pipeline.close();
            router.remove(interpolators, frameObserver);
            pipeline = null;
        }
    }

    private void askForKeyFrame() {
        if (pipeline != null && keyFrames.due()) {
            metrics.keyRequests.labelValues(config.name()).inc();
            pipeline.requestKeyFrame();
        }
    }

    private void tick(long now) {
        meter.tick(now);
        if (pipeline != null) {
            for (PipelineElement element : pipeline.interpolators()) {
                engine = element.property("engine").orElse("");
                model = element.property("model").orElse("");
            }
        }
        viewers.send(
                json.text(new Json.Stats("stats", viewers.size(), meter.figures(), sound.present(), engine, model)));
    }

    private void become(StreamStatus.State state, String reason, String detail) {
        status = new StreamStatus(state, reason, detail);
        settled |= state != StreamStatus.State.STOPPED && state != StreamStatus.State.STARTING;
        metrics.running.labelValues(config.name()).set(state == StreamStatus.State.RUNNING ? 1 : 0);
        viewers.send(state());
    }
}
