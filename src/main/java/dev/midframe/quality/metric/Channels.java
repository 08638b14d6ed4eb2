package dev.midframe.quality.metric;

import dev.midframe.video.Colorimetry;
import dev.midframe.video.Colorimetry.Matrix;
import dev.midframe.video.Colorimetry.Range;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import dev.midframe.video.VideoFrame.Plane;
import java.awt.image.BufferedImage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A picture as it is measured: luma and the three primaries, 8 bit, rows without padding, top to bottom.
 *
 * <p>An I420 frame's luma is its Y plane as stored; its R, G and B come from its own matrix and range, each chroma sample
 * standing for its four pixels, rounded and clipped to 0..255. An RGB frame's primaries are its own; its luma is
 * 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601, full range), rounded.
 *
 * @param width in pixels
 * @param height in pixels
 * @param luma Y
 * @param red R
 * @param green G
 * @param blue B
 */
public record Channels(int width, int height, byte[] luma, byte[] red, byte[] green, byte[] blue) {

    /** Fixed-point fraction bits: exact enough that no rounding of an 8-bit value depends on them but a tie's. */
    private static final int FRACTION = 16;

    private static final int HALF = 1 << (FRACTION - 1);

    public Channels(int width, int height) {
        this(
                width,
                height,
                channel(width, height),
                channel(width, height),
                channel(width, height),
                channel(width, height));
    }

    /**
     * Copies a frame.
     *
     * @throws IllegalArgumentException for formats other than I420 and RGB
     */
    public static Channels of(VideoFrame frame) {
        FrameFormat format = frame.format();
        Channels channels = new Channels(format.width(), format.height());
        if (format.pixelFormat() == PixelFormat.RGB) {
            channels.takeRgb(frame.planes().getFirst(), format.colorimetry().matrix());
        } else if (format.pixelFormat() == PixelFormat.I420) {
            channels.takeI420(frame, format.colorimetry());
        } else {
            throw new IllegalArgumentException("quality is measured on I420 and RGB, not on " + format);
        }
        return channels;
    }

    /** Mean luma code value, 0 to 255. */
    public double meanLuma() {
        long sum = 0;
        for (byte value : luma) {
            sum += Byte.toUnsignedInt(value);
        }
        return (double) sum / luma.length;
    }

    /** Largest difference of any channel anywhere from a picture of the same size, in code values. */
    public int largestDifference(Channels other) {
        int largest = 0;
        byte[][] mine = {luma, red, green, blue};
        byte[][] theirs = {other.luma, other.red, other.green, other.blue};
        for (int channel = 0; channel < mine.length; channel++) {
            for (int i = 0; i < luma.length; i++) {
                int difference = Byte.toUnsignedInt(mine[channel][i]) - Byte.toUnsignedInt(theirs[channel][i]);
                largest = Math.max(largest, Math.abs(difference));
            }
        }
        return largest;
    }

    /** A copy of what lies in a region. */
    public Channels part(Region region) {
        Channels part = new Channels(region.width(), region.height());
        byte[][] whole = {luma, red, green, blue};
        byte[][] copies = {part.luma, part.red, part.green, part.blue};
        for (int channel = 0; channel < whole.length; channel++) {
            for (int y = 0; y < region.height(); y++) {
                int from = (region.y() + y) * width + region.x();
                System.arraycopy(whole[channel], from, copies[channel], y * region.width(), region.width());
            }
        }
        return part;
    }

    /** The primaries as a picture in Java's memory. */
    public BufferedImage image() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < red.length; i++) {
            int primaries = (red[i] & 0xff) << 16 | (green[i] & 0xff) << 8 | blue[i] & 0xff;
            image.setRGB(i % width, i / width, primaries);
        }
        return image;
    }

    private void takeRgb(Plane plane, Matrix matrix) {
        byte[] row = new byte[3 * width];
        int kr = fixed(matrix.kr());
        int kb = fixed(matrix.kb());
        int kg = (1 << FRACTION) - kr - kb;
        for (int y = 0, i = 0; y < height; y++) {
            read(plane, y, row);
            for (int x = 0; x < width; x++, i++) {
                red[i] = row[3 * x];
                green[i] = row[3 * x + 1];
                blue[i] = row[3 * x + 2];
                luma[i] = clip(kr * (red[i] & 0xff) + kg * (green[i] & 0xff) + kb * (blue[i] & 0xff));
            }
        }
    }

    private void takeI420(VideoFrame frame, Colorimetry colorimetry) {
        boolean limited = colorimetry.range() == Range.LIMITED;
        double kr = colorimetry.matrix().kr();
        double kb = colorimetry.matrix().kb();
        double chromaScale = limited ? 255.0 / 224 : 1;
        int yScale = fixed(limited ? 255.0 / 219 : 1);
        int yOffset = limited ? 16 : 0;
        int redV = fixed(2 * (1 - kr) * chromaScale);
        int blueU = fixed(2 * (1 - kb) * chromaScale);
        int greenU = fixed(2 * (1 - kb) * kb / (1 - kr - kb) * chromaScale);
        int greenV = fixed(2 * (1 - kr) * kr / (1 - kr - kb) * chromaScale);
        byte[] lumaRow = new byte[width];
        byte[] uRow = new byte[(width + 1) / 2];
        byte[] vRow = new byte[(width + 1) / 2];
        for (int y = 0, i = 0; y < height; y++) {
            read(frame.planes().get(0), y, lumaRow);
            read(frame.planes().get(1), y / 2, uRow);
            read(frame.planes().get(2), y / 2, vRow);
            for (int x = 0; x < width; x++, i++) {
                luma[i] = lumaRow[x];
                int light = ((lumaRow[x] & 0xff) - yOffset) * yScale;
                int u = (uRow[x / 2] & 0xff) - 128;
                int v = (vRow[x / 2] & 0xff) - 128;
                red[i] = clip(light + redV * v);
                green[i] = clip(light - greenU * u - greenV * v);
                blue[i] = clip(light + blueU * u);
            }
        }
    }

    private static void read(Plane plane, int y, byte[] row) {
        MemorySegment.copy(plane.data(), ValueLayout.JAVA_BYTE, (long) y * plane.stride(), row, 0, row.length);
    }

    private static int fixed(double value) {
        return (int) Math.round(value * (1 << FRACTION));
    }

    private static byte clip(int fixed) {
        return (byte) Math.clamp((fixed + HALF) >> FRACTION, 0, 255);
    }

    private static byte[] channel(int width, int height) {
        return new byte[width * height];
    }
}
