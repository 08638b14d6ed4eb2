package dev.midframe.interpolation;

/** Observes every frame that leaves an element or is left out. Called in the streaming thread: return soon, do not throw. */
@FunctionalInterface
public interface FrameObserver {

    /** Ignores every frame. */
    FrameObserver NONE = (element, streamTimeNanos, kind, latencyNanos) -> {};

    /**
     * A frame is about to be pushed, or was left out.
     *
     * @param element the element's name in its pipeline
     * @param streamTimeNanos presentation time as position in the stream, in nanoseconds; -1 outside of its segment
     * @param kind how it came about
     * @param latencyNanos from the arrival of the newest real frame that it depends on until now
     */
    void frame(String element, long streamTimeNanos, FrameKind kind, long latencyNanos);
}
