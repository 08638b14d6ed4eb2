package dev.midframe.cli.gpucheck;

import dev.midframe.film.graph.Precision;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.quality.metric.Psnr;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * How close the GPU's picture comes to the CPU's, in PSNR.
 *
 * @param decibels over all planes; 100 for equal pictures
 * @param cornerDecibels the worst of the luma's four corners, where sampling coordinates are largest
 * @param blockDecibels the worst of all planes' blocks of 8x8: a hole that NaN or a wrong address leaves is small, so that it
 *     hardly shows in the others
 */
record GpuComparison(double decibels, double cornerDecibels, double blockDecibels) {

    private static final int CORNER = 128;
    private static final int BLOCK = 8;
    private static final double HOLE = 20;

    /** Compares two pictures of 8 bits. */
    static GpuComparison between(VideoFrame expected, VideoFrame actual) {
        FrameFormat format = expected.format();
        double error = 0;
        for (int plane = 0; plane < expected.planes().size(); plane++) {
            int width = format.pixelFormat().rowBytes(plane, format.width());
            int height = format.pixelFormat().planeHeight(plane, format.height());
            error += squaredError(expected, actual, plane, 0, 0, width, height);
        }
        int width = Math.min(CORNER, format.width());
        int height = Math.min(CORNER, format.height());
        double worst = 0;
        for (int x : new int[] {0, format.width() - width}) {
            for (int y : new int[] {0, format.height() - height}) {
                worst = Math.max(worst, squaredError(expected, actual, 0, x, y, width, height));
            }
        }
        return new GpuComparison(
                Psnr.decibels(error, format.packedBytes()),
                Psnr.decibels(worst, (long) width * height),
                worstBlock(expected, actual));
    }

    private static double worstBlock(VideoFrame expected, VideoFrame actual) {
        FrameFormat format = expected.format();
        double worst = Psnr.CEILING;
        for (int plane = 0; plane < expected.planes().size(); plane++) {
            int right = format.pixelFormat().rowBytes(plane, format.width());
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

    boolean closeEnough(Precision precision) {
        double limit = precision == Precision.FP32 ? 50 : 40;
        return decibels > limit && cornerDecibels > limit && blockDecibels > HOLE;
    }

    /** What an engine makes between the first two frames. */
    static VideoFrame middle(InterpolatorFactory engine, EngineRequest request, List<VideoFrame> frames, Arena arena) {
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
        double sum = 0;
        for (int y = top; y < top + height; y++) {
            for (int x = left; x < left + width; x++) {
                int difference = sample(one, x, y) - sample(two, x, y);
                sum += difference * difference;
            }
        }
        return sum;
    }

    private static int sample(VideoFrame.Plane plane, int x, int y) {
        MemorySegment data = plane.data();
        return Byte.toUnsignedInt(data.get(ValueLayout.JAVA_BYTE, (long) y * plane.stride() + x));
    }
}
