package dev.midframe.element.buffers;

import dev.midframe.interpolation.InterpolationException;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.PixelRuns;
import dev.midframe.video.VideoFrame;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/** Where generated frames show the nearer real frame: the bright, opaque pixels of a picture as large as the video. */
public final class Mask {

    private static final int OPAQUE = 128;
    private static final int BRIGHT = 128;

    private final PixelRuns pixels;

    private Mask(PixelRuns pixels) {
        this.pixels = pixels;
    }

    /**
     * Reads a picture for a format.
     *
     * @throws InterpolationException when it cannot be read or is of another size
     */
    public static Mask read(String file, FrameFormat format) {
        BufferedImage picture;
        try {
            picture = ImageIO.read(new File(file));
        } catch (IOException e) {
            throw new InterpolationException("mask=" + file + " cannot be read: give a PNG file", e);
        }
        if (picture == null) {
            throw new InterpolationException("mask=" + file + " is no picture: give a PNG file");
        }
        if (picture.getWidth() != format.width() || picture.getHeight() != format.height()) {
            throw new InterpolationException("mask=" + file + " is " + picture.getWidth() + "x" + picture.getHeight()
                    + ", the video " + format.width() + "x" + format.height() + ": draw it at the video's size");
        }
        PixelRuns runs = new PixelRuns(format.pixelFormat());
        for (int plane = 0; plane < format.pixelFormat().planes(); plane++) {
            addRuns(picture, format, plane, runs);
        }
        return new Mask(runs);
    }

    /** Remembers the masked pixels of a real frame; what is given puts them into a generated one. */
    public Consumer<VideoFrame> patch(VideoFrame real) {
        return pixels.takenFrom(real);
    }

    private static void addRuns(BufferedImage picture, FrameFormat format, int plane, PixelRuns runs) {
        PixelFormat pixels = format.pixelFormat();
        int width = pixels.planeWidth(plane, format.width());
        int shiftX = plane == 0 ? 0 : pixels.chromaShiftX();
        int shiftY = plane == 0 ? 0 : pixels.chromaShiftY();
        for (int row = 0; row < pixels.planeHeight(plane, format.height()); row++) {
            int start = 0;
            for (int x = 0; x <= width; x++) {
                if (x == width || !isMasked(picture, x << shiftX, row << shiftY, 1 << shiftX, 1 << shiftY)) {
                    if (x > start) {
                        runs.add(plane, row, start, x);
                    }
                    start = x + 1;
                }
            }
        }
    }

    /** 0 to 255. Java would take the values of a grey picture for linear light. */
    private static int brightness(BufferedImage picture, int x, int y) {
        if (picture.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
            return picture.getRaster().getSample(x, y, 0)
                    * 255
                    / ((1 << picture.getSampleModel().getSampleSize(0)) - 1);
        }
        int rgb = picture.getRGB(x, y);
        return ((rgb >> 16 & 0xFF) * 299 + (rgb >> 8 & 0xFF) * 587 + (rgb & 0xFF) * 114) / 1000;
    }

    /** A chroma sample is masked where any of its pixels is. */
    private static boolean isMasked(BufferedImage picture, int left, int top, int width, int height) {
        for (int y = top; y < Math.min(top + height, picture.getHeight()); y++) {
            for (int x = left; x < Math.min(left + width, picture.getWidth()); x++) {
                if (picture.getRGB(x, y) >>> 24 >= OPAQUE && brightness(picture, x, y) >= BRIGHT) {
                    return true;
                }
            }
        }
        return false;
    }
}
