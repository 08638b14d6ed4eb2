package dev.midframe.server.stream;

import dev.midframe.pipeline.AppSink;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.Outcome;
import dev.midframe.pipeline.PipelineDescription;
import dev.midframe.pipeline.PipelineException;
import dev.midframe.server.config.StreamConfig;
import dev.midframe.server.websocket.EncodedSound;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

/**
 * A stream's source where it has a pipeline of its own: decoded frames arrive at {@code appsink name=frames}, coded sound at
 * {@code appsink name=sound} where there is one.
 */
final class SourcePipeline implements AutoCloseable {
    static final String FRAMES = "frames";

    private final MediaPipeline pipeline;
    private final AppSink sink;
    private final SoundPump sound;

    private SourcePipeline(MediaPipeline pipeline, AppSink sink, SoundPump sound) {
        this.pipeline = pipeline;
        this.sink = sink;
        this.sound = sound;
    }

    /**
     * @param name of the stream
     * @param clock from its running time to the stream's, in nanoseconds; negative while that is not known
     * @param packets called in a thread of its own, one packet of sound at a time
     * @throws PipelineException when the file is no pipeline or has no such appsink
     */
    static SourcePipeline launch(
            String name, StreamConfig.Source source, LongUnaryOperator clock, Consumer<EncodedSound> packets) {
        MediaPipeline pipeline =
                MediaPipeline.launch(PipelineDescription.of(source.pipeline().toString(), source.variables()));
        Optional<AppSink> sink = pipeline.appSink(FRAMES);
        if (sink.isPresent()) {
            return new SourcePipeline(pipeline, sink.get(), new SoundPump(pipeline, name + "-source", clock, packets));
        }
        pipeline.close();
        throw new PipelineException(
                source.pipeline() + " has no appsink name=" + FRAMES + "; let it end in: ... ! appsink name=" + FRAMES);
    }

    void play() {
        pipeline.play();
        sound.start();
    }

    Optional<Outcome> outcome() {
        try {
            return pipeline.await(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    AppSink sink() {
        return sink;
    }

    MediaPipeline pipeline() {
        return pipeline;
    }

    @Override
    public void close() {
        pipeline.stop();
        try {
            sound.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pipeline.close();
    }
}
