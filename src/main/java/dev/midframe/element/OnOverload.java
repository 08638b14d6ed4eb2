package dev.midframe.element;

/** What happens when the engine is slower than the stream. */
enum OnOverload {
    /** The stream waits. */
    BLOCK,
    /** Generated frames are left out first. */
    SKIP
}
