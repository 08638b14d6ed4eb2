package dev.midframe.tensorrt;

import dev.midframe.support.UserFolders;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where TensorRT's libraries are looked for and built engines are kept.
 *
 * @param environment variables by name, usually {@link System#getenv()}
 */
public record Folders(Map<String, String> environment) {

    static final String TENSORRT = "MIDFRAME_TENSORRT";

    /** The libraries that {@code midframe tensorrt install} puts there. */
    Path installed() {
        return new UserFolders(environment).data().resolve("tensorrt");
    }

    /** Built engines and timing caches. */
    public Path engines() {
        return new UserFolders(environment).cache().resolve("engines");
    }
}
