package dev.midframe.engine.check;

import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Three frames of a texture that moves by fractions of a pixel, everywhere by another: detail of a few pixels, also in the
 * corners, so that sampling at the wrong position, or at the nearest one, shows. The same every time.
 */
public final class TexturedFrames implements AutoCloseable {

    private static final int COUNT = 3;

    /** Pixels that the left and the top edge move from frame to frame, and what is added up to the opposite one. */
    private static final double RIGHT = 2.37;

    private static final double DOWN = -1.63;
    private static final double STRETCH = 1.2;

    /** Sides of the noise's cells, in pixels, and the code values that each goes up and down. */
    private static final double[][] OCTAVES = {{2.7, 26}, {9.1, 34}, {41, 40}};

    private final Arena arena = Arena.ofShared();
    private final List<VideoFrame> frames;

    public TexturedFrames(FrameFormat format) {
        frames = IntStream.range(0, COUNT)
                .mapToObj(number -> frame(format, number))
                .toList();
    }

    public List<VideoFrame> frames() {
        return frames;
    }

    @Override
    public void close() {
        arena.close();
    }

    private VideoFrame frame(FrameFormat format, int number) {
        VideoFrame frame = VideoFrame.allocate(format, arena);
        for (int plane = 0; plane < frame.planes().size(); plane++) {
            draw(frame, plane, number);
        }
        return frame;
    }

    private static void draw(VideoFrame frame, int plane, int number) {
        FrameFormat format = frame.format();
        PixelFormat pixels = format.pixelFormat();
        int columns = pixels.planeWidth(plane, format.width());
        int rows = pixels.planeHeight(plane, format.height());
        int samples = pixels.samplesPerPosition(plane);
        double scaleX = format.width() / (double) columns;
        double scaleY = format.height() / (double) rows;
        MemorySegment data = frame.planes().get(plane).data();
        long stride = frame.planes().get(plane).stride();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double x = (column + 0.5) * scaleX;
                double y = (row + 0.5) * scaleY;
                double fromX = x - number * (RIGHT + STRETCH * x / format.width());
                double fromY = y - number * (DOWN + STRETCH * y / format.height());
                for (int sample = 0; sample < samples; sample++) {
                    double code = texture(fromX, fromY, 7 * plane + sample);
                    write(data, pixels, row * stride, column * samples + sample, code);
                }
            }
        }
    }

    private static void write(MemorySegment data, PixelFormat pixels, long start, int index, double code) {
        int value = (int) Math.round(code * FrameComparison.scale(pixels));
        if (pixels.bytesPerSample() == 1) {
            data.set(ValueLayout.JAVA_BYTE, start + index, (byte) value);
        } else {
            // The low six bits of P010 are zero.
            int bits = pixels == PixelFormat.P010_10LE ? value & ~63 : value;
            data.set(ValueLayout.JAVA_SHORT_UNALIGNED, start + 2L * index, (short) bits);
        }
    }

    /** Smooth noise around 126, from 26 to 226. */
    private static double texture(double x, double y, int seed) {
        double code = 126;
        for (double[] octave : OCTAVES) {
            code += octave[1] * noise(x / octave[0], y / octave[0], seed++);
        }
        return code;
    }

    /** From -1 to 1, at whole coordinates by chance, between them smooth. */
    private static double noise(double x, double y, int seed) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double right = smooth(x - left);
        double below = smooth(y - top);
        double upper = mix(chance(left, top, seed), chance(left + 1, top, seed), right);
        double lower = mix(chance(left, top + 1, seed), chance(left + 1, top + 1, seed), right);
        return mix(upper, lower, below);
    }

    private static double smooth(double share) {
        return share * share * (3 - 2 * share);
    }

    private static double mix(double one, double other, double share) {
        return one + share * (other - one);
    }

    private static double chance(int x, int y, int seed) {
        int hash = x * 0x9E3779B1 ^ y * 0x85EBCA6B ^ seed * 0xC2B2AE35;
        hash = (hash ^ hash >>> 15) * 0x2C1B3C6D;
        hash ^= hash >>> 13;
        return hash / (double) Integer.MIN_VALUE;
    }
}
