package dev.midframe.server.webrtc;

import dev.midframe.pipeline.AppSrc;
import dev.midframe.pipeline.MediaBuffer;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.PipelineException;
import dev.midframe.pipeline.WebRtcBin;
import dev.midframe.server.stream.Stream;
import dev.midframe.server.websocket.AccessUnit;
import dev.midframe.server.websocket.SoundFormat;
import dev.midframe.server.websocket.UnitListener;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One viewer of one stream by WebRTC, from its offer until it is gone. */
final class WebRtcSession implements UnitListener, AutoCloseable {
    private static final Pattern MEDIA = Pattern.compile("(?m)^a=mid:(\\S+)$");
    private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(15);
    /** Viewers report what they get (RTCP) every few seconds. */
    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Stream stream;
    private final MediaPipeline pipeline;
    private final WebRtcBin peer;
    private final AppSrc pictures;
    private final Optional<AppSrc> sound;
    private final @Nullable SoundFormat soundFormat;
    private final long baseMicros;
    private final long openedNanos = System.nanoTime();
    private volatile boolean begun;
    private volatile boolean ended;

    private WebRtcSession(Stream stream, MediaPipeline pipeline, long baseMicros, @Nullable SoundFormat soundFormat) {
        this.stream = stream;
        this.pipeline = pipeline;
        this.baseMicros = baseMicros;
        this.soundFormat = soundFormat;
        this.peer = pipeline.webRtcBin(SessionPipeline.PEER).orElseThrow();
        this.pictures = pipeline.appSrc(SessionPipeline.PICTURES).orElseThrow();
        this.sound = pipeline.appSrc(SessionPipeline.SOUND);
        pictures.onKeyFrameRequest(stream::requestKeyFrame);
    }

    /** Makes the pipeline; nothing is sent yet. */
    static WebRtcSession launch(Stream stream, Offer offer, @Nullable SoundFormat sound) {
        long base = stream.timeMicros() / SessionPipeline.BASE_STEP_MICROS * SessionPipeline.BASE_STEP_MICROS;
        MediaPipeline pipeline = MediaPipeline.launch(SessionPipeline.describe(offer, base, sound));
        return new WebRtcSession(stream, pipeline, base, sound);
    }

    /**
     * Begins to wait for the viewer.
     *
     * @param local the address to be reached at; empty for all of this machine's
     * @return the answer
     * @throws PipelineException when the offer cannot be used
     */
    String begin(Offer offer, Optional<InetAddress> local) {
        pipeline.play();
        String answer = peer.answer(offer.text(), local);
        stream.viewers().add(this);
        return offer.complete(asOneStream(answer));
    }

    /** Browsers keep sound and pictures together where both are said to be of one stream (msid, RFC 8830). */
    private static String asOneStream(String answer) {
        return MEDIA.matcher(answer).replaceAll("$0\r\na=msid:midframe $1");
    }

    @Override
    public void unit(AccessUnit unit) {
        if (unit.ptsMicros() < baseMicros) {
            return;
        }
        if (unit.sound()) {
            if (begun && unit.format().equals(soundFormat)) {
                sound.ifPresent(source -> push(source, unit));
            }
        } else if (begun || begins(unit)) {
            push(pictures, unit);
        }
    }

    /** What came before the viewer was there would only be late. */
    private boolean begins(AccessUnit unit) {
        if (peer.connected()) {
            if (!unit.key()) {
                stream.requestKeyFrame();
                return false;
            }
            peer.settle();
            begun = true;
        }
        return begun;
    }

    private void push(AppSrc source, AccessUnit unit) {
        ByteBuffer payload = unit.payload();
        try (MediaBuffer buffer = MediaBuffer.allocate(payload.remaining())) {
            buffer.write(bytes -> bytes.asByteBuffer().put(payload));
            buffer.stamp(TimeUnit.MICROSECONDS.toNanos(unit.ptsMicros() - baseMicros));
            source.push(buffer);
        }
    }

    @Override
    public void end() {
        ended = true;
    }

    /** Whether it can be closed: the viewer is gone, never came, or has nothing more to get. */
    boolean over() {
        long now = System.nanoTime();
        if (peer.connected()) {
            return ended || now - peer.lastHeardNanos() > SILENT_NANOS;
        }
        return ended || peer.over() || now - openedNanos > CONNECT_NANOS || failed();
    }

    private boolean failed() {
        try {
            return pipeline.await(Duration.ZERO).isPresent();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    String streamName() {
        return stream.config().name();
    }

    @Override
    public void close() {
        stream.viewers().remove(this);
        pipeline.close();
    }
}
