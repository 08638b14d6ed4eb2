package dev.midframe.cadence;

/** Why a frame is not generated. */
public enum SkipReason {
    /** It would reach the sink too late. */
    LATE,
    /** The engine is slower than the stream. */
    OVERLOAD,
    /** The engine is still being opened or built. */
    NO_ENGINE
}
