package dev.midframe.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that the launcher runs from. */
public final class MidframeHome {

    private MidframeHome() {}

    /** The checkout itself; the current folder where nobody says which. */
    static Path folder() {
        return Path.of(System.getenv().getOrDefault("MIDFRAME_HOME", "")).toAbsolutePath();
    }

    /** A file of pipelines/. */
    public static Path pipeline(String name) {
        Path file = folder().resolve("pipelines").resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException(
                    "there is no " + file + "; run ./midframe, or set MIDFRAME_HOME to Midframe's folder");
        }
        return file;
    }
}
