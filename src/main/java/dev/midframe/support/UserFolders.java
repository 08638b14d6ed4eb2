package dev.midframe.support;

import java.nio.file.Path;
import java.util.Map;

/**
 * The program's folders in the user's home, as the XDG Base Directory Specification places them. They need not exist.
 *
 * @param environment variables by name, usually {@link System#getenv()}
 */
public record UserFolders(Map<String, String> environment) {

    private static final String NAME = "midframe";

    /** What the user put there: {@code $XDG_DATA_HOME/midframe}, else {@code ~/.local/share/midframe}. */
    public Path data() {
        return base("XDG_DATA_HOME", ".local/share").resolve(NAME);
    }

    /** What can be made again: {@code $XDG_CACHE_HOME/midframe}, else {@code ~/.cache/midframe}. */
    public Path cache() {
        return base("XDG_CACHE_HOME", ".cache").resolve(NAME);
    }

    /** What should outlive the process: {@code $XDG_STATE_HOME/midframe}, else {@code ~/.local/state/midframe}. */
    public Path state() {
        return base("XDG_STATE_HOME", ".local/state").resolve(NAME);
    }

    /** Where GStreamer looks for a user's own plugins: {@code $XDG_DATA_HOME/gstreamer-1.0/plugins}. */
    public Path gstreamerPlugins() {
        return base("XDG_DATA_HOME", ".local/share").resolve("gstreamer-1.0").resolve("plugins");
    }

    private Path base(String variable, String belowHome) {
        String value = environment.getOrDefault(variable, "");
        return value.isEmpty() ? Path.of(home(), belowHome) : Path.of(value);
    }

    private String home() {
        String home = environment.getOrDefault("HOME", "");
        return home.isEmpty() ? System.getProperty("user.home") : home;
    }
}
