package dev.midframe.convert;

import dev.midframe.container.ContainerException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Where a file is written until it is whole: beside its place, under a name that nobody takes for it.
 *
 * @param target its place
 */
record PartFile(Path target) {

    /** From now on others are refused, until it is closed. What was left there by a process that is gone is replaced. */
    record Claim(FileChannel channel) implements AutoCloseable {

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new ContainerException("cannot close an output: " + e.getMessage());
            }
        }
    }

    Path path() {
        return target.resolveSibling(target.getFileName() + ".part");
    }

    /**
     * Begins it, so that a place that cannot be written to is known before the work is done.
     *
     * @throws ContainerException when it cannot be written, or another conversion writes it
     */
    Claim claim() {
        try {
            FileChannel channel = FileChannel.open(path(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isLocked(channel)) {
                channel.close();
                throw new ContainerException(
                        target + " is being written by another conversion; wait for its end, or choose another name");
            }
            return new Claim(channel);
        } catch (IOException e) {
            throw new ContainerException("cannot write " + target + ": " + reason(e));
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException _) {
            // By another conversion of this process.
            return true;
        }
    }

    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        return reason == null ? "it may not be created there" : reason;
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
