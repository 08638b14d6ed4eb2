package dev.midframe.tensorrt;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where this room looks and keeps things, from environment variables.
 *
 * @param environment as {@link System#getenv()}
 */
public record Folders(Map<String, String> environment) {

    static final String TENSORRT = "MIDFRAME_TENSORRT";

    /** The libraries that {@code midframe tensorrt install} puts there. */
    Path installed() {
        return base("XDG_DATA_HOME", ".local/share").resolve("midframe/tensorrt");
    }

    /** Built engines and timing caches. */
    public Path engines() {
        return base("XDG_CACHE_HOME", ".cache").resolve("midframe/engines");
    }

    private Path base(String variable, String belowHome) {
        String value = environment.getOrDefault(variable, "");
        return value.isEmpty() ? Path.of(environment.getOrDefault("HOME", "."), belowHome) : Path.of(value);
    }
}
