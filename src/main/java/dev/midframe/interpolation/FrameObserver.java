package dev.midframe.interpolation;

/** Is told of every frame that leaves an element (or is left out). Called in the streaming thread: return soon, do not throw. */
@FunctionalInterface
public interface FrameObserver {

    /** An observer that looks away. */
    FrameObserver NONE = (element, streamTimeNanos, kind, nanos) -> {};

    /**
     * A frame is about to be pushed, or was left out.
     *
     * @param element the element's name in its pipeline
     * @param streamTimeNanos presentation time as position in the stream, in nanoseconds; -1 outside of its segment
     * @param kind real, generated, blended or skipped
     * @param nanos from the arrival of the real frame that it had to wait for until now
     */
    void frame(String element, long streamTimeNanos, FrameKind kind, long nanos);
}
