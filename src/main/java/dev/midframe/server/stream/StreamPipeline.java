package dev.midframe.server.stream;

import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.Outcome;
import dev.midframe.pipeline.PipelineDescription;
import dev.midframe.pipeline.PipelineException;
import dev.midframe.server.config.StreamConfig;
import dev.midframe.server.websocket.EncodedPicture;
import dev.midframe.server.websocket.H264;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.freedesktop.gstreamer.Buffer;
import org.freedesktop.gstreamer.Caps;
import org.freedesktop.gstreamer.Clock;
import org.freedesktop.gstreamer.Element;
import org.freedesktop.gstreamer.Fraction;
import org.freedesktop.gstreamer.Pipeline;
import org.freedesktop.gstreamer.Sample;
import org.freedesktop.gstreamer.Structure;
import org.freedesktop.gstreamer.elements.AppSink;
import org.freedesktop.gstreamer.elements.AppSrc;
import org.freedesktop.gstreamer.event.EventType;
import org.freedesktop.gstreamer.lowlevel.GstEventAPI;

/**
 * A stream's pipeline while it runs: pulls what arrives at {@code appsink name=websocket} in a thread of its own, so that
 * no Java code runs in a streaming thread.
 */
final class StreamPipeline implements AutoCloseable {
    static final String SINK = "websocket";

    private final MediaPipeline pipeline;
    private final AppSink sink;
    private final Consumer<EncodedPicture> pictures;
    private final SampleTimes times = new SampleTimes();
    private final Thread pump;

    private StreamPipeline(MediaPipeline pipeline, AppSink sink, String name, Consumer<EncodedPicture> pictures) {
        this.pipeline = pipeline;
        this.sink = sink;
        this.pictures = pictures;
        this.pump = Thread.ofPlatform().daemon().name("pictures-" + name).unstarted(this::pump);
    }

    /**
     * Makes the pipeline; nothing runs yet.
     *
     * @param pictures called in the thread of this pipeline, one picture at a time
     * @throws PipelineException when the file is no pipeline or has no such appsink
     */
    static StreamPipeline launch(StreamConfig config, Consumer<EncodedPicture> pictures) {
        MediaPipeline pipeline =
                MediaPipeline.launch(PipelineDescription.of(config.pipeline().toString(), config.variables()));
        if (pipeline.gstreamer().getElementByName(SINK) instanceof AppSink sink) {
            return new StreamPipeline(pipeline, sink, config.name(), pictures);
        }
        pipeline.close();
        throw new PipelineException(config.pipeline() + " has no appsink name=" + SINK
                + "; let it end in: x264enc ... ! appsink name=" + SINK);
    }

    void play() {
        pipeline.play();
        pump.start();
    }

    /** Carries frames into {@code appsrc name=frames}. */
    FrameFeed feed(RepeatedFrames repeated, Runnable arrived, String name) {
        if (pipeline.gstreamer().getElementByName(SourcePipeline.FRAMES) instanceof AppSrc appsrc) {
            return new FrameFeed(pipeline.gstreamer(), appsrc, repeated, arrived, name);
        }
        throw new PipelineException("a stream with a source of its own begins with: appsrc name="
                + SourcePipeline.FRAMES + " is-live=true format=time ! ...");
    }

    Pipeline gstreamer() {
        return pipeline.gstreamer();
    }

    /** The interpolating elements. */
    List<Element> interpolators() {
        return pipeline.elements("midframe");
    }

    /** How it ended, once it has. */
    Optional<Outcome> outcome() {
        try {
            return pipeline.await(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Ends the stream in good order, files and playlists included, as far as that goes in the given time. */
    void finish(Duration time) {
        pipeline.finish();
        try {
            pipeline.await(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks the encoder to make its next picture a key frame. */
    void requestKeyFrame() {
        Structure structure = Structure.fromString("GstForceKeyUnit, all-headers=(boolean)true, count=(uint)0;");
        sink.sendEvent(GstEventAPI.GSTEVENT_API.gst_event_new_custom(EventType.CUSTOM_UPSTREAM, structure));
    }

    @Override
    public void close() {
        pipeline.gstreamer().stop();
        try {
            pump.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pipeline.close();
    }

    private void pump() {
        Sample sample = sink.pullSample();
        while (sample != null) {
            try (Sample pulled = sample) {
                hand(pulled);
            }
            sample = sink.pullSample();
        }
    }

    private void hand(Sample sample) {
        Buffer buffer = sample.getBuffer();
        ByteBuffer payload = buffer.map(false);
        if (payload == null) {
            return;
        }
        try {
            long pts = buffer.getPresentationTimestamp();
            long running = times.runningTime(sample, pts);
            pictures.accept(new EncodedPicture(
                    payload,
                    H264.inspect(payload),
                    size(sample),
                    times.streamTime(sample, pts),
                    running,
                    captureMicros(running)));
        } finally {
            buffer.unmap();
            buffer.dispose();
        }
    }

    private static EncodedPicture.Size size(Sample sample) {
        try (Caps caps = sample.getCaps()) {
            Structure structure = caps.getStructure(0);
            Fraction rate = structure.hasField("framerate") ? structure.getFraction("framerate") : new Fraction(0, 1);
            return new EncodedPicture.Size(
                    structure.getInteger("width"),
                    structure.getInteger("height"),
                    rate.getNumerator(),
                    rate.getDenominator());
        }
    }

    private long captureMicros(long runningTimeNanos) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        Pipeline gstreamer = pipeline.gstreamer();
        Clock clock = gstreamer.getClock();
        if (clock == null || runningTimeNanos < 0) {
            return now;
        }
        long age = clock.getTime() - gstreamer.getBaseTime() - runningTimeNanos;
        return now - TimeUnit.NANOSECONDS.toMicros(age);
    }
}
