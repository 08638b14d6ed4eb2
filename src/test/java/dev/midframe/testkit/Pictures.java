package dev.midframe.testkit;

import dev.midframe.picture.RgbPictures;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;

/** Pictures made for tests, in Java's memory. */
public final class Pictures {

    private Pictures() {}

    /** A frame of given bytes, packed. */
    public static VideoFrame frame(FrameFormat format, byte[] bytes) {
        return VideoFrame.packed(format, MemorySegment.ofArray(bytes));
    }

    public static FrameFormat rgb(int width, int height) {
        return RgbPictures.format(width, height);
    }

    public static FrameFormat i420(int width, int height, Colorimetry colorimetry) {
        return new FrameFormat(PixelFormat.I420, width, height, colorimetry);
    }

    /** A smooth texture seen through a window that has moved: soft waves of several lengths in every direction. */
    public static byte[] texture(int width, int height, double dx, double dy) {
        byte[] samples = new byte[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double u = x + dx;
                double v = y + dy;
                double value = 128
                        + 45 * Math.sin(u / 7.3 + Math.cos(v / 11.1))
                        + 35 * Math.sin(v / 5.7 + u / 23.0)
                        + 20 * Math.cos((u - v) / 3.9);
                samples[y * width + x] = (byte) Math.clamp(Math.round(value), 0, 255);
            }
        }
        return samples;
    }

    /** The samples with noise of up to so many code values, the same for the same seed. */
    public static byte[] noisy(byte[] samples, int amplitude, long seed) {
        Random random = new Random(seed);
        byte[] noisy = samples.clone();
        for (int i = 0; i < noisy.length; i++) {
            int value = (noisy[i] & 0xff) + random.nextInt(2 * amplitude + 1) - amplitude;
            noisy[i] = (byte) Math.clamp(value, 0, 255);
        }
        return noisy;
    }

    /** Neutral chroma, or middle grey. */
    public static byte[] grey(int samples) {
        byte[] grey = new byte[samples];
        Arrays.fill(grey, (byte) 128);
        return grey;
    }
}
