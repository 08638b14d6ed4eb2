package dev.midframe.server.stream;

import dev.midframe.pipeline.PipelineException;
import dev.midframe.server.config.StreamConfig;
import java.util.Optional;

/** Finds what is wrong with a stream for good: no later attempt would mend it. Nothing is played. */
public final class StreamCheck {

    private StreamCheck() {}

    /** An element, property, variable or file that there is not, in one line. */
    public static Optional<String> problem(StreamConfig config) {
        try (StreamPipeline stream = StreamPipeline.launch(config, _ -> {}, _ -> {})) {
            if (config.source() != null) {
                stream.requireFeed();
                SourcePipeline.launch(config.name(), config.source(), _ -> -1, _ -> {})
                        .close();
            }
            return Optional.empty();
        } catch (PipelineException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
