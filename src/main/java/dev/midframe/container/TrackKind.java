package dev.midframe.container;

/** What a track holds, in the order of FFmpeg's AVMediaType. */
public enum TrackKind {
    VIDEO,
    AUDIO,
    /** Timecodes, telemetry and other things that come with times. */
    DATA,
    SUBTITLE,
    /** A file, such as a font. */
    ATTACHMENT,
    /** What libavformat has no name for. */
    UNKNOWN;

    static TrackKind of(int mediaType) {
        return mediaType >= 0 && mediaType < UNKNOWN.ordinal() ? values()[mediaType] : UNKNOWN;
    }
}
