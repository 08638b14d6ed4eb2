package dev.midframe.cli;

import dev.midframe.element.MidframeElement;
import dev.midframe.engine.EngineSelector;
import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.FrameObserver;
import dev.midframe.interpolation.InterpolatorFactory;

/** GStreamer in this process, with {@code midframe} registered. */
public final class GStreamerRuntime {

    private GStreamerRuntime() {}

    /**
     * Initializes GStreamer and registers the element; engines and observer are those of the last call.
     *
     * @throws IllegalStateException when GStreamer is missing or too old
     */
    public static void start() {
        start(FrameObserver.NONE);
    }

    /** Does the same, and passes every frame on to the observer, of every element made from now on. */
    public static void start(FrameObserver observer) {
        start(observer, new EngineSelector(FilmModels.ofUser(System.getenv())));
    }

    /** Does the same as {@link #start()}, with engines that make the same frames each time, if some seconds later. */
    public static void startDeterministic() {
        start(FrameObserver.NONE, EngineSelector.deterministic(FilmModels.ofUser(System.getenv())));
    }

    /** Does the same with engines of the caller's. */
    public static synchronized void start(FrameObserver observer, InterpolatorFactory engines) {
        try {
            MidframeElement.register(engines, observer);
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    "GStreamer 1.20 or later cannot be used (" + e.getMessage()
                            + "); ./midframe installs what is missing",
                    e);
        }
    }
}
