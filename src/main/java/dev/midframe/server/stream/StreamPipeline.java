package dev.midframe.server.stream;

import dev.midframe.pipeline.AppSink;
import dev.midframe.pipeline.AppSrc;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.Outcome;
import dev.midframe.pipeline.PipelineDescription;
import dev.midframe.pipeline.PipelineElement;
import dev.midframe.pipeline.PipelineException;
import dev.midframe.pipeline.Sample;
import dev.midframe.pipeline.VideoCaps;
import dev.midframe.server.config.StreamConfig;
import dev.midframe.server.websocket.EncodedPicture;
import dev.midframe.server.websocket.EncodedSound;
import dev.midframe.server.websocket.H264;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

/**
 * A stream's pipeline while it runs: pulls what arrives at {@code appsink name=websocket}, and at {@code appsink name=sound}
 * where there is one, in threads of their own, so that no Java code runs in a streaming thread.
 */
final class StreamPipeline implements AutoCloseable {
    static final String SINK = "websocket";

    private final MediaPipeline pipeline;
    private final AppSink sink;
    private final Consumer<EncodedPicture> pictures;
    private final Thread pump;
    private final SoundPump sound;

    private StreamPipeline(
            MediaPipeline pipeline,
            AppSink sink,
            String name,
            Consumer<EncodedPicture> pictures,
            Consumer<EncodedSound> packets) {
        this.pipeline = pipeline;
        this.sink = sink;
        this.pictures = pictures;
        this.pump = Thread.ofPlatform().daemon().name("pictures-" + name).unstarted(this::pump);
        this.sound = new SoundPump(pipeline, name, LongUnaryOperator.identity(), packets);
    }

    /**
     * Makes the pipeline; nothing runs yet.
     *
     * @param pictures called in a thread of this pipeline, one picture at a time
     * @param packets called in another, one packet of sound at a time
     * @throws PipelineException when the file is no pipeline or has no such appsink
     */
    static StreamPipeline launch(
            StreamConfig config, Consumer<EncodedPicture> pictures, Consumer<EncodedSound> packets) {
        MediaPipeline pipeline =
                MediaPipeline.launch(PipelineDescription.of(config.pipeline().toString(), config.variables()));
        Optional<AppSink> sink = pipeline.appSink(SINK);
        if (sink.isPresent()) {
            return new StreamPipeline(pipeline, sink.get(), config.name(), pictures, packets);
        }
        pipeline.close();
        throw new PipelineException(config.pipeline() + " has no appsink name=" + SINK
                + "; let it end in: x264enc ... ! appsink name=" + SINK);
    }

    void play() {
        pipeline.play();
        pump.start();
        sound.start();
    }

    /** Carries frames into {@code appsrc name=frames}. */
    FrameFeed feed(RepeatedFrames repeated, Runnable arrived, String name) {
        return new FrameFeed(pipeline, requireFeed(), repeated, arrived, name);
    }

    /** @throws PipelineException when there is no {@code appsrc name=frames} */
    AppSrc requireFeed() {
        return pipeline.appSrc(SourcePipeline.FRAMES)
                .orElseThrow(() -> new PipelineException("a stream with a source of its own begins with: appsrc name="
                        + SourcePipeline.FRAMES + " is-live=true format=time ! ..."));
    }

    MediaPipeline pipeline() {
        return pipeline;
    }

    /** The interpolating elements. */
    List<PipelineElement> interpolators() {
        return pipeline.elements("midframe");
    }

    /** Whether an engine is being opened or built. */
    boolean opensEngine() {
        return interpolators().stream()
                .anyMatch(element -> element.property("engine-state").equals(Optional.of("opening")));
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
        sink.forceKeyUnit();
    }

    @Override
    public void close() {
        pipeline.stop();
        try {
            pump.join(TimeUnit.SECONDS.toMillis(5));
            sound.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pipeline.close();
    }

    private void pump() {
        for (Sample sample = sink.pull(); sample != null; sample = sink.pull()) {
            try (Sample pulled = sample) {
                pulled.read(bytes -> hand(pulled, bytes.asByteBuffer()));
            }
        }
    }

    private ByteBuffer hand(Sample sample, ByteBuffer payload) {
        VideoCaps caps = sample.caps();
        long running = sample.runningTime();
        pictures.accept(new EncodedPicture(
                payload,
                H264.inspect(payload),
                new EncodedPicture.Size(caps.width(), caps.height(), caps.rateNumerator(), caps.rateDenominator()),
                sample.streamTime(),
                running,
                WallClock.micros(pipeline, running)));
        return payload;
    }
}
