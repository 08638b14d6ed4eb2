package dev.midframe.pipeline.play;

/** What of a film there may be several of. */
public enum StreamKind {
    SOUND(1 << 1),
    PICTURE(1 << 2),
    SUBTITLES(1 << 4);

    private final int bit;

    StreamKind(int bit) {
        this.bit = bit;
    }

    /** Whether a GstStreamType is of this kind. */
    boolean is(int streamType) {
        return (streamType & bit) != 0;
    }
}
