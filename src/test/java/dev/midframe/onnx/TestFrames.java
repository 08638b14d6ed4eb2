package dev.midframe.onnx;

import dev.midframe.film.model.FilmModel;
import dev.midframe.film.weights.Tensor;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Frames and small models for tests of the engine. */
final class TestFrames {

    static final FilmModel BLEND = FilmModel.open(Path.of("src/test/resources/film-lite-golden/weights.safetensors"));
    static final FilmModel PUBLISHED = FilmModel.open(Path.of("src/test/resources/film-golden/weights.safetensors"));

    private TestFrames() {}

    /** A texture that moves by three pixels to the right and one down a frame, within the range of the format. */
    static VideoFrame moving(FrameFormat format, int number) {
        VideoFrame frame = VideoFrame.allocate(format, Arena.ofAuto());
        PixelFormat pixels = format.pixelFormat();
        for (int plane = 0; plane < pixels.planes(); plane++) {
            int samples = pixels.planeWidth(plane, format.width()) * pixels.samplesPerPosition(plane);
            int scale = plane == 0 ? 1 : 2;
            int positions = pixels.samplesPerPosition(plane);
            for (int y = 0; y < pixels.planeHeight(plane, format.height()); y++) {
                for (int sample = 0; sample < samples; sample++) {
                    double x = (double) (sample / positions) * scale - 3 * number;
                    double texture =
                            Math.sin(x / 5.0 + 3 * (sample % positions) + plane) * Math.cos((y * scale - number) / 4.0);
                    boolean unused = sample % positions == 3;
                    write(frame, plane, y, sample, unused ? 255 : (int) Math.round(texture * 80 + 128));
                }
            }
        }
        return frame;
    }

    private static void write(VideoFrame frame, int plane, int y, int sample, int code) {
        PixelFormat pixels = frame.format().pixelFormat();
        VideoFrame.Plane target = frame.planes().get(plane);
        long row = (long) y * target.stride();
        if (pixels.bytesPerSample() == 1) {
            target.data().set(ValueLayout.JAVA_BYTE, row + sample, (byte) code);
        } else {
            int shift = pixels == PixelFormat.P010_10LE ? 8 : 2;
            target.data().set(ValueLayout.JAVA_SHORT, row + 2L * sample, (short) (code << shift));
        }
    }

    static VideoFrame of(FrameFormat format, byte[] packed) {
        VideoFrame frame = VideoFrame.allocate(format, Arena.ofAuto());
        frame.copyFrom(VideoFrame.packed(format, MemorySegment.ofArray(packed)));
        return frame;
    }

    /** A limited-range I420 frame from nominal planes, rounded and saturated. */
    static VideoFrame ofPlanes(FrameFormat format, Tensor luma, Tensor chroma) {
        byte[] packed = new byte[(int) format.packedBytes()];
        int lumaSize = (int) luma.elements();
        for (int index = 0; index < packed.length; index++) {
            double code = index < lumaSize ? luma.get(index) * 219 + 16 : chroma.get(index - lumaSize) * 224 + 128;
            packed[index] = (byte) Math.clamp(Math.round(code), 0, 255);
        }
        return of(format, packed);
    }

    /** The same I420 picture with its chroma interleaved. */
    static byte[] nv12(FrameFormat format, byte[] planar) {
        byte[] interleaved = planar.clone();
        int luma = format.width() * format.height();
        int chroma = (planar.length - luma) / 2;
        for (int index = 0; index < chroma; index++) {
            interleaved[luma + 2 * index] = planar[luma + index];
            interleaved[luma + 2 * index + 1] = planar[luma + chroma + index];
        }
        return interleaved;
    }

    /** The same picture with seven unused bytes behind every row. */
    static VideoFrame strided(VideoFrame frame) {
        FrameFormat format = frame.format();
        List<VideoFrame.Plane> planes = new ArrayList<>();
        for (int plane = 0; plane < frame.planes().size(); plane++) {
            int stride = format.pixelFormat().rowBytes(plane, format.width()) + 7;
            long bytes = (long) stride * format.pixelFormat().planeHeight(plane, format.height());
            planes.add(new VideoFrame.Plane(Arena.ofAuto().allocate(bytes), stride));
        }
        VideoFrame strided = new VideoFrame(format, planes);
        strided.copyFrom(frame);
        return strided;
    }

    static byte[] bytes(VideoFrame frame) {
        MemorySegment packed = Arena.ofAuto().allocate(frame.format().packedBytes());
        VideoFrame.packed(frame.format(), packed).copyFrom(frame);
        return packed.toArray(ValueLayout.JAVA_BYTE);
    }

    /** The frames at the given times between the last two that were advanced. */
    static byte[][] between(FrameInterpolator interpolator, double... times) {
        try (GeneratedFrames frames = interpolator.interpolate(times)) {
            byte[][] result = new byte[times.length][];
            for (int index = 0; index < times.length; index++) {
                result[index] = copy(interpolator, frames, index);
            }
            return result;
        }
    }

    static byte[] copy(FrameInterpolator interpolator, GeneratedFrames frames, int index) {
        VideoFrame target = VideoFrame.allocate(interpolator.format(), Arena.ofAuto());
        frames.copyTo(index, target);
        return bytes(target);
    }

    /** The largest difference of two code values. */
    static int furthest(byte[] a, byte[] b) {
        int furthest = 0;
        for (int index = 0; index < a.length; index++) {
            furthest = Math.max(furthest, Math.abs((a[index] & 0xff) - (b[index] & 0xff)));
        }
        return furthest;
    }
}
