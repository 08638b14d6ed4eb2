package dev.midframe.convert;

/** How much time an encoder takes for a smaller file of the same quality. */
public enum Effort {
    FAST,
    GOOD,
    BEST
}
