package dev.midframe.engine.check;

import dev.midframe.film.graph.Precision;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.quality.metric.Psnr;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.Stream;

/**
 * How close the GPU's frame comes to the CPU's, in PSNR of samples scaled to 8 bits.
 *
 * @param decibels over all planes; 100 for equal frames
 * @param cornerDecibels the worst of the first plane's four corners, where sampling coordinates are largest
 * @param blockDecibels the worst of all planes' blocks of 8x8: a hole that NaN or a wrong address leaves is small, so that it
 *     hardly shows in the others
 */
public record FrameComparison(double decibels, double cornerDecibels, double blockDecibels) {

    private static final int CORNER = 128;
    private static final int BLOCK = 8;
    private static final double HOLE = 20;

    /** Compares two frames of one format. */
    public static FrameComparison between(VideoFrame expected, VideoFrame actual) {
        FrameFormat format = expected.format();
        double error = 0;
        for (int plane = 0; plane < expected.planes().size(); plane++) {
            int width = samplesPerRow(format, plane);
            int height = format.pixelFormat().planeHeight(plane, format.height());
            error += squaredError(expected, actual, plane, 0, 0, width, height);
        }
        int row = samplesPerRow(format, 0);
        int width = Math.min(CORNER, row);
        int height = Math.min(CORNER, format.height());
        double worst = 0;
        for (int x : new int[] {0, row - width}) {
            for (int y : new int[] {0, format.height() - height}) {
                worst = Math.max(worst, squaredError(expected, actual, 0, x, y, width, height));
            }
        }
        return new FrameComparison(
                Psnr.decibels(error, format.packedBytes() / format.pixelFormat().bytesPerSample()),
                Psnr.decibels(worst, (long) width * height),
                worstBlock(expected, actual));
    }

    private static double worstBlock(VideoFrame expected, VideoFrame actual) {
        FrameFormat format = expected.format();
        double worst = Psnr.CEILING;
        for (int plane = 0; plane < expected.planes().size(); plane++) {
            int right = samplesPerRow(format, plane);
            int bottom = format.pixelFormat().planeHeight(plane, format.height());
            for (int y = 0; y < bottom; y += BLOCK) {
                for (int x = 0; x < right; x += BLOCK) {
                    int width = Math.min(BLOCK, right - x);
                    int height = Math.min(BLOCK, bottom - y);
                    double error = squaredError(expected, actual, plane, x, y, width, height);
                    worst = Math.min(worst, Psnr.decibels(error, (long) width * height));
                }
            }
        }
        return worst;
    }

    /** Whether an engine of that precision comes as close as it has to. */
    public boolean closeEnough(Precision precision) {
        double limit = limit(precision);
        return decibels > limit && cornerDecibels > limit && blockDecibels > HOLE;
    }

    /** What both the whole and the corners must exceed, in dB. */
    static double limit(Precision precision) {
        return precision == Precision.FP32 ? 50 : 40;
    }

    /** The figures, to be kept. */
    String toText() {
        return decibels + " " + cornerDecibels + " " + blockDecibels;
    }

    /** Of {@link #toText}. */
    static FrameComparison parse(String text) {
        double[] figures =
                Stream.of(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
        return new FrameComparison(figures[0], figures[1], figures[2]);
    }

    /** What an engine makes between the first two frames. */
    public static VideoFrame middle(
            InterpolatorFactory engine, EngineRequest request, List<VideoFrame> frames, Arena arena) {
        VideoFrame target = VideoFrame.allocate(request.format(), arena);
        try (FrameInterpolator film = engine.open(request)) {
            film.advance(frames.get(0));
            film.advance(frames.get(1));
            try (GeneratedFrames pair = film.interpolate(0.5)) {
                pair.copyTo(0, target);
            }
        }
        return target;
    }

    private static double squaredError(
            VideoFrame expected, VideoFrame actual, int plane, int left, int top, int width, int height) {
        VideoFrame.Plane one = expected.planes().get(plane);
        VideoFrame.Plane two = actual.planes().get(plane);
        int bytes = expected.format().pixelFormat().bytesPerSample();
        double scale = scale(expected.format().pixelFormat());
        double sum = 0;
        for (int y = top; y < top + height; y++) {
            for (int x = left; x < left + width; x++) {
                double difference = (sample(one, x, y, bytes) - sample(two, x, y, bytes)) / scale;
                sum += difference * difference;
            }
        }
        return sum;
    }

    private static int sample(VideoFrame.Plane plane, int x, int y, int bytes) {
        long offset = (long) y * plane.stride() + (long) x * bytes;
        return bytes == 1
                ? Byte.toUnsignedInt(plane.data().get(ValueLayout.JAVA_BYTE, offset))
                : Short.toUnsignedInt(plane.data().get(ValueLayout.JAVA_SHORT_UNALIGNED, offset));
    }

    private static int samplesPerRow(FrameFormat format, int plane) {
        return format.pixelFormat().planeWidth(plane, format.width())
                * format.pixelFormat().samplesPerPosition(plane);
    }

    /** What a stored sample counts for one 8-bit code value. */
    static int scale(PixelFormat pixels) {
        return switch (pixels) {
            case P010_10LE -> 256;
            case I420_10LE -> 4;
            default -> 1;
        };
    }
}
