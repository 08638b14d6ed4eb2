package dev.midframe.convert.encoding;

/** How much time an encoder takes for a smaller file of the same quality. */
public enum Effort {
    FAST,
    GOOD,
    BEST;

    /** What an encoder calls it. */
    public <T> T of(T fast, T good, T best) {
        return switch (this) {
            case FAST -> fast;
            case GOOD -> good;
            case BEST -> best;
        };
    }
}
