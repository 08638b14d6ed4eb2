package dev.midframe.element.stream;

/** How long a stream waits for its engine. Asked by the streaming thread. */
public interface Overload {

    /** There is no hurry. */
    long FOREVER = Long.MAX_VALUE;

    /** Waits for every frame. */
    Overload BLOCK = new Overload() {
        @Override
        public long nanosUntil(long pts) {
            return FOREVER;
        }

        @Override
        public void pairEnded(long begun) {}
    };

    /**
     * Nanoseconds until the real frame of this time has to leave, whatever was to be generated before it: {@link #FOREVER}
     * where it may wait, 0 or less where it is late.
     */
    long nanosUntil(long pts);

    /** The engine is done with a pair that was begun at this {@link System#nanoTime}; called in the engine's thread. */
    void pairEnded(long begun);
}
