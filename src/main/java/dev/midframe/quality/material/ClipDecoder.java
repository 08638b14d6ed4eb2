package dev.midframe.quality.material;

import dev.midframe.pipeline.AppSink;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.Outcome;
import dev.midframe.pipeline.PipelineDescription;
import dev.midframe.pipeline.PipelineException;
import dev.midframe.pipeline.Sample;
import dev.midframe.pipeline.VideoCaps;
import dev.midframe.quality.EvaluationException;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import dev.midframe.video.VideoFrame.Plane;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A video file's first video stream, decoded by GStreamer as fast as it is read. Deeper and differently sampled formats
 * become I420 of 8 bit by their code values; range and matrix stay. Every native frame is given back before the next one
 * is asked for.
 */
public final class ClipDecoder implements AutoCloseable {

    /** What {@link #read} answers after the last frame. */
    public static final long END = -2;

    private static final Duration LAST_WORD = Duration.ofSeconds(1);

    private final Path file;
    private final MediaPipeline pipeline;
    private final AppSink sink;
    private @Nullable Sample ahead;

    /**
     * Starts decoding.
     *
     * @param width scales wider pictures down to this, keeping their proportions; empty to keep the size
     * @throws EvaluationException when there is no such file
     */
    public ClipDecoder(Path file, OptionalInt width) {
        this.file = file;
        String size = width.isPresent() ? ",pixel-aspect-ratio=1/1,width=[1," + width.getAsInt() + "]" : "";
        pipeline = launch(PipelineDescription.of(
                "filesrc location=${file} ! decodebin ! videoconvert ! videoscale method=lanczos"
                        + " ! video/x-raw,format=I420" + size
                        + " ! identity single-segment=true ! appsink name=sink sync=false max-buffers=2",
                Map.of("file", file.toString())));
        sink = pipeline.appSink("sink").orElseThrow();
        pipeline.play();
    }

    private static MediaPipeline launch(PipelineDescription description) {
        try {
            return MediaPipeline.launch(description);
        } catch (PipelineException e) {
            throw new EvaluationException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The format of all frames. Waits for the first one.
     *
     * @throws EvaluationException when there is none
     */
    public FrameFormat format() {
        if (ahead == null) {
            ahead = sink.pull();
        }
        if (ahead == null) {
            throw new EvaluationException("cannot read video from " + file + ": " + reason(failure()));
        }
        return format(ahead);
    }

    /**
     * Copies the next frame.
     *
     * @param target of {@link #format}
     * @return its running time in nanoseconds (from the stream's start, whatever times the file stores), or {@link #END} when there is none
     * @throws EvaluationException when the file is damaged or its pictures change their format
     */
    public long read(VideoFrame target) {
        try (Sample sample = ahead == null ? sink.pull() : ahead) {
            ahead = null;
            if (sample == null) {
                Optional<String> failure = failure();
                if (failure.isPresent()) {
                    throw new EvaluationException("cannot read all of " + file + ": " + reason(failure));
                }
                return END;
            }
            if (!format(sample).equals(target.format())) {
                throw new EvaluationException(file + " changes from " + target.format() + " to " + format(sample)
                        + ": clips need one format");
            }
            return copy(sample, target);
        }
    }

    /** How many frames the file's length and rate promise; -1 if they do not say. */
    public long expectedFrames() {
        Optional<Duration> duration = pipeline.progress().duration();
        if (ahead == null || duration.isEmpty()) {
            return -1;
        }
        VideoCaps caps = ahead.caps();
        return caps.rateNumerator() == 0
                ? -1
                : Math.round(duration.get().toNanos() * 1e-9 * caps.rateNumerator() / caps.rateDenominator());
    }

    Path file() {
        return file;
    }

    @Override
    public void close() {
        if (ahead != null) {
            ahead.close();
            ahead = null;
        }
        pipeline.close();
    }

    /** What ended the stream, if that was no ordinary end; the pipeline says so in a thread of its own. */
    private Optional<String> failure() {
        try {
            return pipeline.await(LAST_WORD).flatMap(Outcome::failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private static String reason(Optional<String> failure) {
        return failure.orElse("it holds no frame") + " (is it a whole video file?)";
    }

    private static FrameFormat format(Sample sample) {
        VideoCaps caps = sample.caps();
        return new FrameFormat(
                PixelFormat.I420,
                caps.width(),
                caps.height(),
                CapsColorimetry.of(caps.colorimetry().orElse(null), caps.height()));
    }

    private static long copy(Sample sample, VideoFrame target) {
        sample.read(bytes -> {
            target.copyFrom(view(bytes, target.format()));
            return bytes;
        });
        return sample.pts();
    }

    /** GStreamer's layout of I420 without a video meta: rows padded to 4 bytes, luma to an even number of rows. */
    private static VideoFrame view(MemorySegment memory, FrameFormat format) {
        long rows = Math.ceilDiv(format.height(), 2) * 2L;
        int lumaStride = Math.ceilDiv(format.width(), 4) * 4;
        int chromaStride = Math.ceilDiv(Math.ceilDiv(format.width(), 2), 4) * 4;
        long u = lumaStride * rows;
        long v = u + chromaStride * rows / 2;
        return new VideoFrame(
                format,
                List.of(
                        new Plane(memory.asSlice(0, u), lumaStride),
                        new Plane(memory.asSlice(u, v - u), chromaStride),
                        new Plane(memory.asSlice(v, v - u), chromaStride)));
    }
}
