package dev.midframe.interpolation;

/** Opens engines. The element is given one at registration and knows no engine by itself. */
@FunctionalInterface
public interface InterpolatorFactory {

    /**
     * Opens an engine for a stream; may take seconds.
     *
     * @throws InterpolationException when none can be had, with the reason and the remedy in one line
     */
    FrameInterpolator open(EngineRequest request);
}
