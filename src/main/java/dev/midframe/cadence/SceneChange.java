package dev.midframe.cadence;

/** What is shown between the last frame of a scene and the first of the next. */
public enum SceneChange {
    /** The last frame of the scene again. */
    REPEAT,
    /** A mix of both. */
    BLEND,
    /** Generated frames, as if there were no cut. */
    OFF
}
