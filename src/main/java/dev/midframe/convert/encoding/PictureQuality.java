package dev.midframe.convert.encoding;

/**
 * How well pictures are encoded.
 *
 * @param level as x264's constant quality: 0 is the best and largest, 51 the worst; 18 to 23 are usual
 * @param effort how much time that may take
 */
public record PictureQuality(int level, Effort effort) {}
