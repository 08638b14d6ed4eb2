package dev.midframe.server.webrtc;

import dev.midframe.pipeline.PipelineException;
import dev.midframe.pipeline.WebRtcBin;
import dev.midframe.server.metrics.ServerMetrics;
import dev.midframe.server.stream.Stream;
import dev.midframe.server.websocket.SoundFormat;
import dev.midframe.support.DaemonThreads;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The viewers by WebRTC of all streams. */
public final class WebRtcSessions implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WebRtcSessions.class);
    private static final int ID_BYTES = 16;

    private final Map<String, WebRtcSession> sessions = new ConcurrentHashMap<>();
    private final int most;
    private final Semaphore slots;
    private final Optional<InetAddress> local;
    private final ServerMetrics metrics;
    private final SecureRandom random = new SecureRandom();
    private final ExecutorService negotiations =
            Executors.newThreadPerTaskExecutor(new DaemonThreads("midframe-webrtc"));
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("midframe-webrtc-watch"));

    /**
     * One that was opened.
     *
     * @param id nobody else can guess it
     * @param answer SDP
     */
    public record Opened(String id, String answer) {}

    /**
     * @param most viewers at the same time
     * @param listening where the server listens: viewers are reached from there, too
     */
    public WebRtcSessions(int most, InetAddress listening, ServerMetrics metrics) {
        this.most = most;
        this.slots = new Semaphore(most);
        this.local = listening.isAnyLocalAddress() ? Optional.empty() : Optional.of(listening);
        this.metrics = metrics;
        watch.scheduleWithFixedDelay(this::closeThoseThatAreOver, 1, 1, TimeUnit.SECONDS);
    }

    /** What has to be installed, in one line; empty where it is. */
    public static Optional<String> missing() {
        return WebRtcBin.missing();
    }

    /** Whether it is installed, and granted to anybody. */
    public boolean offered() {
        return most > 0 && missing().isEmpty();
    }

    /** Answers an offer, or fails with a {@link WebRtcRefusal}. Returns at once. */
    public CompletableFuture<Opened> open(Stream stream, String offer) {
        if (!slots.tryAcquire()) {
            return CompletableFuture.failedFuture(new WebRtcRefusal(
                    WebRtcRefusal.Reason.FULL, "no more viewers by WebRTC are granted; try again later"));
        }
        return CompletableFuture.supplyAsync(() -> negotiate(stream, offer), negotiations)
                .whenComplete((opened, failure) -> {
                    if (failure != null) {
                        slots.release();
                    }
                });
    }

    private Opened negotiate(Stream stream, String sdp) {
        missing().ifPresent(what -> {
            throw new WebRtcRefusal(WebRtcRefusal.Reason.UNAVAILABLE, what);
        });
        SoundFormat sound = stream.view().sound();
        Offer offer = Offer.read(sdp, SessionPipeline.sends(sound));
        WebRtcSession session;
        try {
            session = WebRtcSession.launch(stream, offer, sound);
        } catch (PipelineException e) {
            log.warn("{}: WebRTC cannot begin: {}", stream.config().name(), e.getMessage());
            throw new WebRtcRefusal(WebRtcRefusal.Reason.UNAVAILABLE, "WebRTC cannot begin; the server's log says why");
        }
        try {
            String answer = session.begin(offer, local);
            String id = HexFormat.of().formatHex(random.generateSeed(ID_BYTES));
            sessions.put(id, session);
            count(session, 1);
            return new Opened(id, answer);
        } catch (PipelineException e) {
            session.close();
            throw new WebRtcRefusal(WebRtcRefusal.Reason.OFFER, String.valueOf(e.getMessage()));
        }
    }

    /** Ends a session of a stream. False where there is none of this id. */
    public boolean end(String stream, String id) {
        WebRtcSession session = sessions.get(id);
        if (session == null || !session.streamName().equals(stream)) {
            return false;
        }
        negotiations.execute(() -> close(id));
        return true;
    }

    private void closeThoseThatAreOver() {
        try {
            sessions.forEach((id, session) -> {
                if (session.over()) {
                    close(id);
                }
            });
        } catch (RuntimeException e) {
            log.error("watching the viewers by WebRTC failed", e);
        }
    }

    private void close(String id) {
        WebRtcSession session = sessions.remove(id);
        if (session != null) {
            session.close();
            count(session, -1);
            slots.release();
        }
    }

    private void count(WebRtcSession session, int change) {
        metrics.webRtcSessions.labelValues(session.streamName()).inc(change);
    }

    @Override
    public void close() {
        watch.shutdownNow();
        CompletableFuture.allOf(sessions.keySet().stream()
                        .map(id -> CompletableFuture.runAsync(() -> close(id), negotiations))
                        .toArray(CompletableFuture[]::new))
                .join();
        negotiations.shutdown();
    }
}
