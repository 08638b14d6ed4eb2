package dev.midframe.cli.play;

import dev.midframe.support.Redaction;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is played.
 *
 * @param uri for GStreamer
 * @param name for people, without a login
 */
record Film(String uri, String name) {

    /**
     * A file or an address, as a person writes it.
     *
     * @throws IllegalArgumentException when there is no such file, in one line
     */
    static Film of(String word) {
        if (word.matches("[A-Za-z][A-Za-z0-9+.-]+://.*")) {
            return new Film(word, Redaction.withoutSecrets(word));
        }
        Path file = Path.of(word).toAbsolutePath();
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException("there is no file " + word + " that can be read");
        }
        return new Film(file.toUri().toString(), file.getFileName().toString());
    }
}
