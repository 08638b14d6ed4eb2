package dev.midframe.cli.play;

import java.util.Map;

/**
 * What shows pictures on this desktop.
 *
 * @param environment variables by name, usually {@link System#getenv()}
 */
public record DesktopSinks(Map<String, String> environment) {

    /** Whether pictures of the desktop come from its portal. */
    public boolean isWayland() {
        return has("WAYLAND_DISPLAY");
    }

    /**
     * An element that opens a window. Without X autovideosink takes a sink that shows nothing by itself (gtkwaylandsink);
     * without any display it crashes.
     */
    public String window() {
        if (has("DISPLAY")) {
            return "autovideosink";
        }
        if (isWayland()) {
            return "waylandsink";
        }
        throw new IllegalStateException("there is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY "
                + "is set); run it on a desktop, or name a sink, such as --sink kmssink");
    }

    private boolean has(String variable) {
        return !environment.getOrDefault(variable, "").isEmpty();
    }
}
