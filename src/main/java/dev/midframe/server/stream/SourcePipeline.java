package dev.midframe.server.stream;

import dev.midframe.pipeline.AppSink;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.Outcome;
import dev.midframe.pipeline.PipelineDescription;
import dev.midframe.pipeline.PipelineException;
import dev.midframe.server.config.StreamConfig;
import java.time.Duration;
import java.util.Optional;

/** A stream's source where it has a pipeline of its own: decoded frames arrive at {@code appsink name=frames}. */
final class SourcePipeline implements AutoCloseable {
    static final String FRAMES = "frames";

    private final MediaPipeline pipeline;
    private final AppSink sink;

    private SourcePipeline(MediaPipeline pipeline, AppSink sink) {
        this.pipeline = pipeline;
        this.sink = sink;
    }

    /** @throws PipelineException when the file is no pipeline or has no such appsink */
    static SourcePipeline launch(StreamConfig.Source config) {
        MediaPipeline pipeline =
                MediaPipeline.launch(PipelineDescription.of(config.pipeline().toString(), config.variables()));
        Optional<AppSink> sink = pipeline.appSink(FRAMES);
        if (sink.isPresent()) {
            return new SourcePipeline(pipeline, sink.get());
        }
        pipeline.close();
        throw new PipelineException(
                config.pipeline() + " has no appsink name=" + FRAMES + "; let it end in: ... ! appsink name=" + FRAMES);
    }

    void play() {
        pipeline.play();
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
        pipeline.close();
    }
}
