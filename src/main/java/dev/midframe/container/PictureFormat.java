package dev.midframe.container;

/**
 * What a container and the first packets say about a video track's pictures.
 *
 * @param width in pixels
 * @param height in pixels
 * @param pixelFormat FFmpeg's name, such as {@code yuv420p10le}; empty where it is unknown
 * @param depth bits of a sample, 0 where it is unknown
 * @param rgb whether samples are red, green and blue
 * @param alpha whether there is an alpha plane
 * @param interlaced whether frames are made of fields
 * @param orientation how a player turns or mirrors them
 * @param aspect of a pixel; 0/1 where it is unknown
 * @param rate frames a second on average; 0/1 where it is unknown
 */
public record PictureFormat(
        int width,
        int height,
        String pixelFormat,
        int depth,
        boolean rgb,
        boolean alpha,
        boolean interlaced,
        Orientation orientation,
        Rational aspect,
        Rational rate) {

    /** The same, with so many a second. */
    PictureFormat shownAt(Rational pictureRate) {
        return new PictureFormat(
                width, height, pixelFormat, depth, rgb, alpha, interlaced, orientation, aspect, pictureRate);
    }

    /** Whether a player turns or mirrors them. */
    public boolean turned() {
        return orientation != Orientation.UPRIGHT;
    }
}
