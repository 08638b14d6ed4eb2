package dev.midframe.server.stream;

/** What a picture is. */
public enum FrameKind {
    /** A frame of the source. */
    REAL,
    /** Made between two frames of the source. */
    GENERATED,
    /** A mix of two frames of the source, where interpolation would be wrong. */
    BLENDED,
    /** To have been generated, but left out because the engine is slower than the stream. */
    SKIPPED,
    /** To have been generated, but left out because it would have come too late. */
    LATE
}
