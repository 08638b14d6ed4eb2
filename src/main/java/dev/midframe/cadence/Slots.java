package dev.midframe.cadence;

/**
 * The times at which output is due, as a cursor: {@link #enter} an interval between two real frames, then {@link #next}
 * until it is exhausted. Intervals follow one another without gap, save for {@link #resume}.
 */
interface Slots {

    /** A first frame, of the stream or after an end: everything counts from here, unless it goes on where the last one ended. */
    void start(long ptsNanos);

    /** What comes next goes on with a count that began elsewhere. */
    void continueFrom(CountOrigin origin);

    /** The next frame has nothing to do with those before. */
    void forget();

    /** The first frame after a gap that is not bridged. */
    void resume(long ptsNanos);

    /** Goes on to the interval between a real frame and its successor (or its end). */
    void enter(long fromNanos, long toNanos);

    /** Moves to the interval's next slot. */
    boolean next();

    /** When the slot is due. */
    long ptsNanos();

    /** Whether the slot belongs to the earlier real frame itself. */
    boolean isReal();

    /** The slot's place in the interval: strictly between 0 and 1, or 0 if {@link #isReal}. */
    double fraction();

    /** How far from its place a real frame may lie to take a slot of the interval, in nanoseconds. */
    long tolerance();

    /** When the first slot after the interval is due, supposing that the next interval has the given length. */
    long following(long intervalNanos);

    /** Whether the last frame of a stream fills every slot of its duration. */
    boolean fillsLastFrame();
}
