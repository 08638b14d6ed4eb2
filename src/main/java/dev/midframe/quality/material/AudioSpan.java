package dev.midframe.quality.material;

import dev.midframe.pipeline.AppSink;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.PipelineDescription;
import dev.midframe.pipeline.Sample;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * From when to when a file's first audio stream sounds, in nanoseconds of running time.
 *
 * @param startNanos of the first sample
 * @param endNanos after the last sample
 */
public record AudioSpan(long startNanos, long endNanos) {

    /** Decodes all sound; empty where there is none. */
    public static Optional<AudioSpan> of(Path file) {
        PipelineDescription description = PipelineDescription.of(
                "filesrc location=${file} ! decodebin ! audioconvert ! identity single-segment=true"
                        + " ! appsink name=sink sync=false",
                Map.of("file", file.toString()));
        try (MediaPipeline pipeline = MediaPipeline.launch(description)) {
            pipeline.play();
            return read(pipeline.appSink("sink").orElseThrow());
        }
    }

    private static Optional<AudioSpan> read(AppSink sink) {
        long start = Long.MAX_VALUE;
        long end = Long.MIN_VALUE;
        for (Sample sample = sink.pull(); sample != null; sample = sink.pull()) {
            try (Sample owned = sample) {
                start = Math.min(start, owned.pts());
                end = Math.max(end, owned.pts() + owned.duration());
            }
        }
        return start == Long.MAX_VALUE ? Optional.empty() : Optional.of(new AudioSpan(start, end));
    }
}
