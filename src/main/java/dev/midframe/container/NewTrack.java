package dev.midframe.container;

import java.util.Optional;

/**
 * A track that is written anew in the place of one that was read.
 *
 * @param like whose language, title and disposition it gets
 * @param codec FFmpeg's name
 * @param tag the codec's four characters in QuickTime files, where it has several; else empty
 * @param extradata what a decoder needs beforehand; may be empty
 * @param timeBase what its times are to count in: the container may choose a finer one
 */
public record NewTrack(
        Track like,
        String codec,
        String tag,
        byte[] extradata,
        Rational timeBase,
        Optional<Pictures> pictures,
        Optional<Sound> sound) {

    /**
     * What a video track shows.
     *
     * @param width in pixels
     * @param height in pixels
     * @param aspect of a pixel, 0/1 where it is unknown
     * @param pixelFormat FFmpeg's name
     * @param rate frames a second on average; 0/1 where it is unknown
     * @param turned whether players are to turn them as they did those that were read
     * @param sameColours whether they have the colorimetry of those that were read
     * @param mastering the display they were made for; empty where it is unknown
     */
    public record Pictures(
            int width,
            int height,
            Rational aspect,
            String pixelFormat,
            Rational rate,
            boolean turned,
            boolean sameColours,
            Optional<HighDynamicRange> mastering) {}

    /**
     * What a sound track plays.
     *
     * @param sampleRate in Hz
     * @param channels 1 or more
     * @param frameSize samples of a packet, 0 where it varies
     * @param padding samples before the first that is heard
     */
    public record Sound(int sampleRate, int channels, int frameSize, int padding) {}
}
