package dev.midframe.video;

/**
 * Everything an engine must know of a stream's frames before the first one comes.
 *
 * @param pixelFormat memory layout
 * @param width in pixels, 1 or more
 * @param height in pixels, 1 or more
 * @param colorimetry range and matrix of the code values
 */
public record FrameFormat(PixelFormat pixelFormat, int width, int height, Colorimetry colorimetry) {

    public FrameFormat {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a frame of " + width + "x" + height + " pixels has no content");
        }
    }

    /** Bytes of a frame without row padding. */
    public long packedBytes() {
        long bytes = 0;
        for (int plane = 0; plane < pixelFormat.planes(); plane++) {
            bytes += (long) pixelFormat.rowBytes(plane, width) * pixelFormat.planeHeight(plane, height);
        }
        return bytes;
    }

    @Override
    public String toString() {
        return pixelFormat + " " + width + "x" + height + " " + colorimetry.range() + " " + colorimetry.matrix();
    }
}
