package dev.midframe.server.config;

import dev.midframe.pipeline.PipelineDescription;
import dev.midframe.pipeline.PipelineException;
import dev.midframe.server.stream.RestartPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One stream that may be started.
 *
 * @param name in addresses: {@code /ws/NAME}
 * @param title for people
 * @param pipeline the pipeline file; it has to hold {@code appsink name=websocket}
 * @param variables what its {@code ${...}} stand for
 * @param addresses where else the stream can be had, by names for people: SRT, HLS; {@code {host}} is the page's server
 * @param source where the frames come from when that is a pipeline of its own; null when the pipeline has its own source
 * @param autostart started with the server
 * @param viewers WebSocket clients at most
 * @param restart what happens when it ends
 */
public record StreamConfig(
        String name,
        String title,
        Path pipeline,
        Map<String, String> variables,
        Map<String, String> addresses,
        @Nullable Source source,
        boolean autostart,
        int viewers,
        RestartPolicy restart) {

    /**
     * A source that is started again by itself, while the rest of the stream goes on.
     *
     * @param pipeline the file; it has to hold {@code appsink name=frames}
     * @param variables what its {@code ${...}} stand for
     */
    public record Source(Path pipeline, Map<String, String> variables) {}

    /**
     * Reads the pipelines' files, as they are now.
     *
     * @throws PipelineException when one cannot be read, or a variable is wrong
     */
    public List<PipelineDescription> descriptions() {
        List<PipelineDescription> descriptions = new ArrayList<>();
        descriptions.add(PipelineDescription.of(pipeline.toString(), variables));
        if (source != null) {
            descriptions.add(PipelineDescription.of(source.pipeline().toString(), source.variables()));
        }
        return descriptions;
    }
}
