package dev.midframe.quality.report;

import dev.midframe.quality.EvaluationException;
import dev.midframe.support.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** A folder for one picture a sequence of one evaluation, named after it; each is written whole or not at all. */
public final class StillFolder {

    private final Path path;
    private final Set<String> taken = new HashSet<>();

    /** @param path where the folder is or will be made */
    public StillFolder(Path path) {
        this.path = path;
    }

    /**
     * Reports early, before hours of work, that pictures could not be written. Makes nothing.
     *
     * @throws EvaluationException when the folder is not writable, cannot be made, or Java finds no font for captions
     */
    public void check() {
        Path existing = path.toAbsolutePath();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
            throw new EvaluationException(
                    "cannot write pictures to " + path + ": " + existing + " must be a writable folder");
        }
        Still.check();
    }

    /**
     * Writes a sequence's picture, NAME.jpg, what has no place in a file's name replaced by a hyphen; where another
     * sequence of this run has that name, NAME-2.jpg and so on. Makes the folder if it is missing.
     *
     * @throws EvaluationException when it cannot be written
     */
    public void write(String sequence, Still still) {
        try {
            Files.createDirectories(path);
            new AtomicFile(path.resolve(fileName(sequence))).write(still.jpeg());
        } catch (IOException failure) {
            throw new EvaluationException(failure.getMessage(), failure);
        }
    }

    private String fileName(String sequence) {
        String plain = sequence.replaceAll("[^\\p{L}\\p{N}._-]+", "-");
        String name = plain;
        for (int number = 2; !taken.add(name); number++) {
            name = plain + "-" + number;
        }
        return name + ".jpg";
    }
}
