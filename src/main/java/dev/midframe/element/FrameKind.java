package dev.midframe.element;

/** How a frame came about. */
public enum FrameKind {
    /** Came in and passed on bit-exact. */
    REAL,
    /** Made by the engine. */
    GENERATED,
    /** A mix of two real frames, where interpolation would be wrong. */
    BLENDED,
    /** Would have been generated, but was left out to keep up. */
    SKIPPED
}
