package dev.midframe.cadence.change;

/** How a real frame differs from the one before it. */
public enum Change {
    /** Ordinary motion, or the first frame. */
    MOTION,
    /** The same frame again. */
    REPEAT,
    /** Another scene: nothing may be interpolated across. */
    CUT
}
