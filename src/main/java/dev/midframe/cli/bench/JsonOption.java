package dev.midframe.cli.bench;

import dev.midframe.support.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --json}: the figures in a file as well. */
final class JsonOption {

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures as JSON.")
    private @Nullable Path file;

    /** Writes them where the option is given. */
    void write(Object figures) throws IOException {
        if (file != null) {
            new AtomicFile(file).writeJson(figures);
        }
    }
}
