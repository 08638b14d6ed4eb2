package dev.midframe;

import org.freedesktop.gstreamer.Gst;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Keeps GStreamer from ending the test process at a SIGSEGV while it loads a plugin: the JVM uses that signal itself. Found by
 * JUnit's automatic registration, before any test class that initializes GStreamer.
 */
public final class NoSegTrap implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        Gst.setSegTrap(false);
    }
}
