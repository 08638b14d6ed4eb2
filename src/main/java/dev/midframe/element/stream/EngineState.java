package dev.midframe.element.stream;

/** How far an element is with its engine. */
public enum EngineState {
    /** There is none, or it cannot be had. */
    NONE,
    /** It is being opened, or built. */
    OPENING,
    /** It is open. */
    OPEN
}
