package dev.midframe.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that the launcher runs from. */
public final class MidframeHome {

    private MidframeHome() {}

    /** A file of pipelines/. */
    public static Path pipeline(String name) {
        String home = System.getenv().getOrDefault("MIDFRAME_HOME", "");
        Path file = Path.of(home).resolve("pipelines").resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException(
                    "there is no " + file + "; run ./midframe, or set MIDFRAME_HOME to Midframe's folder");
        }
        return file;
    }
}
