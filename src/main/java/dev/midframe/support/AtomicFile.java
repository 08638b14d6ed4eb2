package dev.midframe.support;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is there whole or not at all: what it held before stays until the new content is complete.
 *
 * @param path where it will be
 */
public record AtomicFile(Path path) {

    /**
     * Writes a value as indented JSON.
     *
     * @param value records and collections of them
     * @throws IOException as {@link #write}
     */
    public void writeJson(Object value) throws IOException {
        write(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(value));
    }

    /**
     * Writes the content beside the file, then puts it in the file's place.
     *
     * @throws IOException when the folder is missing, not writable or full; the message is one line
     */
    public void write(byte[] content) throws IOException {
        Path target = path.toAbsolutePath();
        String name = "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part";
        Path unfinished = target.resolveSibling(name);
        try {
            Files.write(unfinished, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            String why =
                    failure instanceof FileSystemException ? failure.getClass().getSimpleName() : failure.getMessage();
            throw new IOException(
                    "cannot write " + path + ": does its folder exist, is it writable, has it space? (" + why + ")",
                    failure);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
