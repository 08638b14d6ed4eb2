package dev.midframe.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real material beside the project; tests that need it are skipped without it. */
public final class Footage {

    private Footage() {}

    public static Path folder(String name) {
        String given = System.getenv("MIDFRAME_FOOTAGE");
        Path folder = Path.of(given == null ? "../shared/footage" : given).resolve(name);
        assumeTrue(Files.isDirectory(folder), "no footage at " + folder + ": set MIDFRAME_FOOTAGE");
        return folder;
    }
}
