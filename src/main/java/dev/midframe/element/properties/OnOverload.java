package dev.midframe.element.properties;

/** What happens when the engine is slower than the stream. */
public enum OnOverload {
    /** The stream waits. */
    BLOCK,
    /** Generated frames are left out first. */
    SKIP
}
