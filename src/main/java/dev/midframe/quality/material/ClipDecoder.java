package dev.midframe.quality.material;

import dev.midframe.quality.EvaluationException;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import dev.midframe.video.VideoFrame.Plane;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.freedesktop.gstreamer.Buffer;
import org.freedesktop.gstreamer.Caps;
import org.freedesktop.gstreamer.Format;
import org.freedesktop.gstreamer.Fraction;
import org.freedesktop.gstreamer.Gst;
import org.freedesktop.gstreamer.Pipeline;
import org.freedesktop.gstreamer.Sample;
import org.freedesktop.gstreamer.Structure;
import org.freedesktop.gstreamer.elements.AppSink;
import org.jspecify.annotations.Nullable;

/**
 * A video file's first video stream, decoded by GStreamer as fast as it is read. Deeper and differently sampled formats
 * become I420 of 8 bit by their code values; range and matrix stay. Every native frame is given back before the next one
 * is asked for.
 */
public final class ClipDecoder implements AutoCloseable {

    /** What {@link #read} answers after the last frame. */
    public static final long END = -2;

    private final Path file;
    private final Pipeline pipeline;
    private final AppSink sink;
    private final StopOnError errors;
    private @Nullable Sample ahead;

    /**
     * Starts decoding. GStreamer has been initialized before.
     *
     * @param width scales wider pictures down to this, keeping their proportions; empty to keep the size
     */
    public ClipDecoder(Path file, OptionalInt width) {
        this.file = file;
        String size = width.isPresent() ? ",pixel-aspect-ratio=1/1,width=[1," + width.getAsInt() + "]" : "";
        pipeline =
                (Pipeline) Gst.parseLaunch("filesrc name=source ! decodebin ! videoconvert ! videoscale method=lanczos"
                        + " ! video/x-raw,format=I420" + size
                        + " ! identity single-segment=true ! appsink name=sink sync=false max-buffers=2");
        pipeline.getElementByName("source").set("location", file.toString());
        sink = (AppSink) pipeline.getElementByName("sink");
        errors = new StopOnError(pipeline);
        pipeline.play();
    }

    /**
     * The format of all frames. Waits for the first one.
     *
     * @throws EvaluationException when there is none
     */
    public FrameFormat format() {
        if (ahead == null) {
            ahead = sink.pullSample();
        }
        if (ahead == null) {
            throw new EvaluationException("cannot read video from " + file + ": " + reason());
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
        try (Sample sample = ahead == null ? sink.pullSample() : ahead) {
            ahead = null;
            if (sample == null) {
                if (errors.error().isPresent()) {
                    throw new EvaluationException("cannot read all of " + file + ": " + reason());
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

    /** How many frames the file's length and rate promise; -1 if they do not tell. */
    public long expectedFrames() {
        long nanos = pipeline.queryDuration(Format.TIME);
        if (ahead == null || nanos <= 0) {
            return -1;
        }
        try (Caps caps = ahead.getCaps()) {
            Fraction rate = caps.getStructure(0).getFraction("framerate");
            return rate.numerator == 0 ? -1 : Math.round(nanos * 1e-9 * rate.numerator / rate.denominator);
        }
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
        errors.dispose();
    }

    private String reason() {
        return errors.error().map(String::strip).orElse("it holds no frame") + " (is it a whole video file?)";
    }

    private static FrameFormat format(Sample sample) {
        try (Caps caps = sample.getCaps()) {
            Structure structure = caps.getStructure(0);
            int height = structure.getInteger("height");
            String colorimetry = structure.hasField("colorimetry") ? structure.getString("colorimetry") : null;
            return new FrameFormat(
                    PixelFormat.I420, structure.getInteger("width"), height, CapsColorimetry.of(colorimetry, height));
        }
    }

    private static long copy(Sample sample, VideoFrame target) {
        try (Buffer buffer = sample.getBuffer()) {
            target.copyFrom(view(MemorySegment.ofBuffer(buffer.map(false)), target.format()));
            buffer.unmap();
            return buffer.getPresentationTimestamp();
        }
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
