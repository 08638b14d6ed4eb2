package dev.midframe.cli;

import org.freedesktop.gstreamer.Gst;
import org.freedesktop.gstreamer.GstException;
import org.freedesktop.gstreamer.Version;

/** GStreamer in this process, with {@code midframe} registered. */
final class GStreamerRuntime {

    /** Debian 11 is older, Debian 12 brings 1.22, Ubuntu 24.04 brings 1.24. */
    private static final Version OLDEST = Version.of(1, 20);

    private GStreamerRuntime() {}

    /**
     * Initializes GStreamer and registers the element; the first call does, later ones do nothing.
     *
     * @throws IllegalStateException when GStreamer is missing or too old
     */
    static synchronized void start() {
        if (Gst.isInitialized()) {
            return;
        }
        try {
            Gst.init(OLDEST, "midframe");
        } catch (GstException | UnsatisfiedLinkError e) {
            throw new IllegalStateException(
                    "GStreamer 1.20 or later is missing: ./midframe installs it, or run apt-get install"
                            + " gstreamer1.0-plugins-base gstreamer1.0-plugins-good",
                    e);
        }
    }
}
