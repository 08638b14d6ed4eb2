package dev.midframe.quality.material;

import java.nio.file.Path;
import java.util.Optional;
import org.freedesktop.gstreamer.Buffer;
import org.freedesktop.gstreamer.Gst;
import org.freedesktop.gstreamer.Pipeline;
import org.freedesktop.gstreamer.Sample;
import org.freedesktop.gstreamer.elements.AppSink;

/**
 * From when to when a file's first audio stream sounds, in nanoseconds of running time.
 *
 * @param startNanos of the first sample
 * @param endNanos after the last sample
 */
public record AudioSpan(long startNanos, long endNanos) {

    /** Decodes all sound; empty where there is none (the pipeline then fails, because nothing can be linked). GStreamer has been initialized before. */
    public static Optional<AudioSpan> of(Path file) {
        Pipeline pipeline = (Pipeline)
                Gst.parseLaunch(
                        "filesrc name=source ! decodebin ! audioconvert ! identity single-segment=true ! appsink name=sink sync=false");
        pipeline.getElementByName("source").set("location", file.toString());
        AppSink sink = (AppSink) pipeline.getElementByName("sink");
        StopOnError errors = new StopOnError(pipeline);
        pipeline.play();
        try {
            return read(sink);
        } finally {
            errors.dispose();
        }
    }

    private static Optional<AudioSpan> read(AppSink sink) {
        long start = Long.MAX_VALUE;
        long end = Long.MIN_VALUE;
        for (Sample sample = sink.pullSample(); sample != null; sample = sink.pullSample()) {
            try (Sample owned = sample;
                    Buffer buffer = owned.getBuffer()) {
                long time = buffer.getPresentationTimestamp();
                start = Math.min(start, time);
                end = Math.max(end, time + buffer.getDuration());
            }
        }
        return start == Long.MAX_VALUE ? Optional.empty() : Optional.of(new AudioSpan(start, end));
    }
}
