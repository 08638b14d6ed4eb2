package dev.midframe.server.stream;

/**
 * Where interpolating elements tell what they pushed. Called in streaming threads: cheap, and throws nothing.
 */
@FunctionalInterface
public interface FrameLog {

    /**
     * One frame left an element.
     *
     * @param element the element's name in its pipeline
     * @param streamTimeNanos the frame's stream time
     * @param kind what it is
     * @param latencyNanos from the arrival of the newer real frame it needs to its departure
     */
    void frame(String element, long streamTimeNanos, FrameKind kind, long latencyNanos);
}
