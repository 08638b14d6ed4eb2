package dev.midframe.cli;

import dev.midframe.element.MidframeElement;
import dev.midframe.engine.EngineSelector;
import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.BuildListener;
import dev.midframe.interpolation.FrameObserver;
import org.freedesktop.gstreamer.Gst;
import org.freedesktop.gstreamer.GstException;
import org.freedesktop.gstreamer.Version;

/** GStreamer in this process, with {@code midframe} registered. */
public final class GStreamerRuntime {

    /** Debian 11 is older, Debian 12 brings 1.22, Ubuntu 24.04 brings 1.24. */
    private static final Version OLDEST = Version.of(1, 20);

    private GStreamerRuntime() {}

    /**
     * Initializes GStreamer and registers the element; engines and observer are those of the last call.
     *
     * @throws IllegalStateException when GStreamer is missing or too old
     */
    public static void start() {
        start(FrameObserver.NONE);
    }

    /** Does the same, and tells the observer of every frame of every element made from now on. */
    public static void start(FrameObserver observer) {
        start(observer, BuildListener.SILENT);
    }

    /** Does the same, and tells a listener of every engine that is built. */
    public static synchronized void start(FrameObserver observer, BuildListener builds) {
        try {
            if (!Gst.isInitialized()) {
                // While it loads a plugin GStreamer ends the process at any SIGSEGV, and the JVM uses that signal
                // itself.
                Gst.setSegTrap(false);
                Gst.init(OLDEST, "midframe");
            }
            MidframeElement.register(new EngineSelector(FilmModels.ofUser(System.getenv()), builds), observer);
        } catch (GstException | LinkageError e) {
            throw new IllegalStateException(
                    "GStreamer 1.20 or later cannot be used (" + e.getMessage()
                            + "); ./midframe installs what is missing",
                    e);
        }
    }
}
