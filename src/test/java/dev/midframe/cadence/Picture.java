package dev.midframe.cadence;

import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/** A picture of 8-bit luma drawn in a test, and the frames of any format that show it. */
public record Picture(int width, int height, int[] luma) {

    /** Overlapping rectangles of every size, another arrangement for every seed. */
    public static Picture scene(int width, int height, long seed) {
        Random random = new Random(seed);
        int[] luma = new int[width * height];
        Arrays.fill(luma, 128);
        for (int i = 0; i < 60; i++) {
            int w = 1 + random.nextInt(Math.max(1, width / 3));
            int h = 1 + random.nextInt(Math.max(1, height / 3));
            int left = random.nextInt(width);
            int top = random.nextInt(height);
            int value = 30 + random.nextInt(190);
            for (int y = top; y < Math.min(height, top + h); y++) {
                for (int x = left; x < Math.min(width, left + w); x++) {
                    luma[y * width + x] = value;
                }
            }
        }
        return new Picture(width, height, luma);
    }

    /** Black lines of text on white, words of chance length. */
    public static Picture page(int width, int height, long seed) {
        Random random = new Random(seed);
        int[] luma = new int[width * height];
        Arrays.fill(luma, 235);
        for (int top = 30; top + 12 < height - 30; top += 24) {
            for (int left = 40; left < width - 40 - 60; ) {
                int word = 10 + random.nextInt(50);
                for (int y = top; y < top + 12; y++) {
                    Arrays.fill(luma, y * width + left, y * width + left + word, 30);
                }
                left += word + 8;
            }
        }
        return new Picture(width, height, luma);
    }

    static Picture plain(int width, int height, int value) {
        return new Picture(width, height, new int[width * height]).toned(ignored -> value);
    }

    /** Another tone for every value; results are clipped. */
    public Picture toned(IntUnaryOperator tone) {
        int[] other = new int[luma.length];
        for (int i = 0; i < luma.length; i++) {
            other[i] = Math.clamp(tone.applyAsInt(luma[i]), 0, 255);
        }
        return new Picture(width, height, other);
    }

    /** Moved right and down; what is at the edge goes on. */
    public Picture moved(int dx, int dy) {
        int[] other = new int[luma.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                other[y * width + x] =
                        luma[Math.clamp(y - dy, 0, height - 1) * width + Math.clamp(x - dx, 0, width - 1)];
            }
        }
        return new Picture(width, height, other);
    }

    public Picture noisy(int amplitude, long seed) {
        Random random = new Random(seed);
        return toned(value -> value + random.nextInt(2 * amplitude + 1) - amplitude);
    }

    /** Every pixel of 5x5 lighter or darker by chance: texture about as fine as the detector's cells. */
    public Picture blotched(int amplitude, long seed) {
        int[] blotches = new int[(width / 5 + 1) * (height / 5 + 1)];
        Random random = new Random(seed);
        Arrays.setAll(blotches, index -> random.nextInt(2 * amplitude + 1) - amplitude);
        int[] other = new int[luma.length];
        Arrays.setAll(
                other,
                at -> Math.clamp(luma[at] + blotches[at / width / 5 * (width / 5 + 1) + at % width / 5], 0, 255));
        return new Picture(width, height, other);
    }

    /** With a light square on it. */
    public Picture withSquare(int left, int top, int size) {
        int[] other = luma.clone();
        for (int y = top; y < top + size; y++) {
            for (int x = left; x < left + size; x++) {
                other[y * width + x] = 240;
            }
        }
        return new Picture(width, height, other);
    }

    public FrameFormat format(PixelFormat pixelFormat) {
        return new FrameFormat(pixelFormat, width, height, Colorimetry.BT601_LIMITED);
    }

    /** A frame with row padding full of other values. */
    public VideoFrame frame(PixelFormat pixelFormat, Arena arena) {
        FrameFormat format = format(pixelFormat);
        List<VideoFrame.Plane> planes = new ArrayList<>();
        for (int plane = 0; plane < pixelFormat.planes(); plane++) {
            int stride = pixelFormat.rowBytes(plane, width) + 32;
            MemorySegment data = arena.allocate((long) stride * pixelFormat.planeHeight(plane, height));
            data.fill((byte) 200);
            planes.add(new VideoFrame.Plane(data, stride));
        }
        VideoFrame.Plane first = planes.getFirst();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                write(pixelFormat, first, y, x, luma[y * width + x]);
            }
        }
        return new VideoFrame(format, planes);
    }

    private static void write(PixelFormat pixelFormat, VideoFrame.Plane plane, int y, int x, int value) {
        long row = (long) y * plane.stride();
        switch (pixelFormat) {
            case I420_10LE -> plane.data().set(ValueLayout.JAVA_SHORT_UNALIGNED, row + 2L * x, (short) (value << 2));
            case P010_10LE -> plane.data().set(ValueLayout.JAVA_SHORT_UNALIGNED, row + 2L * x, (short) (value << 8));
            default -> {
                int step = pixelFormat.samplesPerPosition(0);
                for (int i = 0; i < Math.min(step, 3); i++) {
                    plane.data().set(ValueLayout.JAVA_BYTE, row + (long) step * x + i, (byte) value);
                }
            }
        }
    }
}
