package dev.midframe.cli.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * What the desktop gave so that its user is not asked again; for the user's eyes alone.
 *
 * @param file where it is kept; need not exist
 */
record RestoreToken(Path file) {

    /** Far longer than any is. */
    private static final int LONGEST = 1000;

    Optional<String> read() throws IOException {
        try {
            String token = Files.readString(file).strip();
            return token.isEmpty() || token.length() > LONGEST ? Optional.empty() : Optional.of(token);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** In place of the one before, which has been used up. */
    void write(String token) throws IOException {
        Files.createDirectories(file.getParent());
        // Readable by its owner alone, as temporary files are.
        Path unfinished = Files.createTempFile(file.getParent(), ".token", ".part");
        try {
            Files.writeString(unfinished, token);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
