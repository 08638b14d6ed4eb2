package dev.midframe.picture;

import dev.midframe.video.Colorimetry;
import dev.midframe.video.Colorimetry.Matrix;
import dev.midframe.video.Colorimetry.Range;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import dev.midframe.video.VideoFrame.Plane;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Pictures in Java's memory to {@link PixelFormat#RGB} frames and back, code value by code value: no colour management,
 * no gamma. Transparency is dropped, grey becomes three equal channels, 16 bit becomes the upper 8.
 */
public final class RgbPictures {

    private RgbPictures() {}

    /** The format of a picture of this size: RGB, full range; the matrix is the one of JPEG files. */
    public static FrameFormat format(int width, int height) {
        return new FrameFormat(PixelFormat.RGB, width, height, new Colorimetry(Range.FULL, Matrix.BT601));
    }

    /** Copies a picture into a new RGB frame in the arena. */
    public static VideoFrame toFrame(BufferedImage image, Arena arena) {
        int width = image.getWidth();
        VideoFrame frame = VideoFrame.allocate(format(width, image.getHeight()), arena);
        MemorySegment pixels = frame.planes().getFirst().data();
        int[] row = new int[width];
        byte[] bytes = new byte[3 * width];
        for (int y = 0; y < image.getHeight(); y++) {
            readRow(image, y, row);
            for (int x = 0; x < width; x++) {
                bytes[3 * x] = (byte) (row[x] >> 16);
                bytes[3 * x + 1] = (byte) (row[x] >> 8);
                bytes[3 * x + 2] = (byte) row[x];
            }
            MemorySegment.copy(bytes, 0, pixels, ValueLayout.JAVA_BYTE, (long) y * bytes.length, bytes.length);
        }
        return frame;
    }

    /**
     * Copies an RGB frame into a new picture.
     *
     * @throws IllegalArgumentException for a frame of another pixel format
     */
    public static BufferedImage toImage(VideoFrame frame) {
        if (frame.format().pixelFormat() != PixelFormat.RGB) {
            throw new IllegalArgumentException("a picture is made of an RGB frame, not of " + frame.format());
        }
        int width = frame.format().width();
        BufferedImage image = new BufferedImage(width, frame.format().height(), BufferedImage.TYPE_INT_RGB);
        Plane plane = frame.planes().getFirst();
        byte[] bytes = new byte[3 * width];
        int[] row = new int[width];
        for (int y = 0; y < image.getHeight(); y++) {
            MemorySegment.copy(plane.data(), ValueLayout.JAVA_BYTE, (long) y * plane.stride(), bytes, 0, bytes.length);
            for (int x = 0; x < width; x++) {
                row[x] = Byte.toUnsignedInt(bytes[3 * x]) << 16
                        | Byte.toUnsignedInt(bytes[3 * x + 1]) << 8
                        | Byte.toUnsignedInt(bytes[3 * x + 2]);
            }
            image.getRaster().setDataElements(0, y, width, 1, row);
        }
        return image;
    }

    private static void readRow(BufferedImage image, int y, int[] row) {
        Raster raster = image.getRaster();
        boolean indexed = image.getColorModel() instanceof IndexColorModel;
        if (raster.getNumBands() > 2 || indexed) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            return;
        }
        // getRGB takes grey for linear light and would brighten it.
        raster.getSamples(0, y, row.length, 1, 0, row);
        int excess = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
        for (int x = 0; x < row.length; x++) {
            row[x] = (row[x] >> excess) * 0x010101;
        }
    }
}
