package dev.midframe.interpolation;

/** Opens engines. The element is given one at registration and knows no engine by itself. */
@FunctionalInterface
public interface InterpolatorFactory {

    /**
     * Opens an engine for a stream; may take seconds, or minutes where it has to be built first.
     *
     * @throws InterpolationException when none can be had, with the reason and the remedy in one line
     */
    FrameInterpolator open(EngineRequest request);

    /**
     * Does the same and reports how far a build is, also after the return where another engine works meanwhile.
     *
     * @param listener stays in use until the engine is closed at the latest
     * @throws InterpolationException likewise, and when the listener has cancelled a build
     */
    default FrameInterpolator open(EngineRequest request, BuildListener listener) {
        return open(request);
    }
}
