package dev.midframe.cadence;

/** What happens to frames that repeat their predecessor. */
public enum Duplicates {
    /** They stay. */
    KEEP,
    /**
     * A short run of them gives way to frames interpolated between the different frames around it; where runs come in a
     * steady pattern, those move to even times.
     */
    BRIDGE
}
