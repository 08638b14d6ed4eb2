package dev.midframe.convert;

import dev.midframe.container.ContainerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where a file is written until it is whole: beside its place, under a name that nobody takes for it.
 *
 * @param target its place
 */
record PartFile(Path target) {

    Path path() {
        return target.resolveSibling(target.getFileName() + ".part");
    }

    /** Moves the whole file to its place, over one that is there. */
    void complete() {
        try {
            Files.move(path(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ContainerException("cannot move " + path() + " to " + target + ": " + e.getMessage());
        }
    }

    /** Removes what was written so far. */
    void remove() {
        try {
            Files.deleteIfExists(path());
        } catch (IOException e) {
            throw new ContainerException("cannot remove the incomplete " + path() + ": " + e.getMessage());
        }
    }
}
