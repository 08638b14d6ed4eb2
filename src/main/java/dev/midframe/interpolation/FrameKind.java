package dev.midframe.interpolation;

/** How a frame came about. */
public enum FrameKind {
    /** Came in and passed on bit-exact. */
    REAL,
    /** Made by the engine. */
    GENERATED,
    /** A mix of two real frames, where interpolation would be wrong. */
    BLENDED,
    /** Would have been generated, but was left out because the engine is slower than the stream. */
    SKIPPED,
    /** Would have been generated, but was left out because it would have reached the sink too late. */
    LATE,
    /** Would have been generated, but was left out because the engine is not open yet. */
    NO_ENGINE;

    /** Whether there is no such frame in the output. */
    public boolean leftOut() {
        return this == SKIPPED || this == LATE || this == NO_ENGINE;
    }
}
