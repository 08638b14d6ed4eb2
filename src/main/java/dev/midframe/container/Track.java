package dev.midframe.container;

import java.util.Map;
import java.util.Optional;

/**
 * A track of a container.
 *
 * @param index from 0
 * @param codec FFmpeg's name, such as {@code h264}, {@code aac}, {@code subrip}; {@code none} where there is none
 * @param used whether it is a track of its own: the texts of QuickTime's chapters are not
 * @param isDefault whether players choose it unless told otherwise
 * @param cover whether it is a single picture that stands for the film
 * @param frames how many packets it has; 0 where that is unknown
 * @param timeBase what its times count in
 * @param durationNanos its own duration; 0 where that is unknown
 * @param sampleRate of sound; 0 otherwise
 * @param extradata what its decoder needs beforehand; may be empty
 * @param pictures of video
 * @param tags such as {@code language} and {@code title}
 */
public record Track(
        int index,
        TrackKind kind,
        String codec,
        boolean used,
        boolean isDefault,
        boolean cover,
        long frames,
        Rational timeBase,
        long durationNanos,
        int sampleRate,
        byte[] extradata,
        Optional<PictureFormat> pictures,
        Map<String, String> tags) {

    /** The same, with so many pictures a second. */
    public Track shownAt(Rational rate) {
        return new Track(
                index,
                kind,
                codec,
                used,
                isDefault,
                cover,
                frames,
                new Rational(rate.denominator(), rate.numerator()),
                durationNanos,
                sampleRate,
                extradata,
                pictures.map(format -> format.shownAt(rate)),
                tags);
    }

    /** For messages: {@code sound track 2 (aac, ger)}. */
    @Override
    public String toString() {
        String what =
                switch (kind) {
                    case VIDEO -> cover ? "cover picture" : "video track";
                    case AUDIO -> "sound track";
                    case SUBTITLE -> "subtitles";
                    case ATTACHMENT -> "attachment";
                    case DATA, UNKNOWN -> "data track";
                };
        String name = Optional.ofNullable(tags.get("language"))
                .or(() -> Optional.ofNullable(tags.get("filename")))
                .filter(tag -> !tag.equals("und"))
                .map(tag -> ", " + tag)
                .orElse("");
        return what + " " + (index + 1) + " (" + codec + name + ")";
    }
}
