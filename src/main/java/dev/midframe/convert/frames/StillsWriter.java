package dev.midframe.convert.frames;

import dev.midframe.container.ContainerException;
import dev.midframe.convert.encoding.EncodedCaps;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Writes numbered files, from 1, into a folder that has its name when it is whole. */
public final class StillsWriter implements FrameWriter {

    private final Path pattern;
    private final Path folder;
    private final Path unfinished;
    private int count;

    /**
     * Makes the folder, under another name.
     *
     * @param pattern as {@code smooth/%05d.png}
     * @throws ContainerException when the folder exists and is not empty, or cannot be made
     */
    public StillsWriter(Path pattern) {
        this.pattern = pattern;
        folder = pattern.toAbsolutePath().getParent();
        unfinished = folder.resolveSibling(folder.getFileName() + ".part");
        try {
            if (Files.exists(folder) && !isEmpty(folder)) {
                throw new ContainerException(folder + " is not empty; name a new folder for the pictures");
            }
            Files.createDirectory(unfinished);
        } catch (IOException e) {
            throw new ContainerException("cannot make the folder " + unfinished + ": "
                    + (Files.exists(unfinished)
                            ? "it is there already, of a conversion that goes on or was killed; remove it"
                            : e.getMessage()));
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    @Override
    public void begin(EncodedCaps caps) {
        // Each file says itself what it is.
    }

    @Override
    public void write(MemorySegment picture) {
        count++;
        try {
            Files.write(unfinished.resolve(NumberedFiles.name(pattern, count)), picture.toArray(ValueLayout.JAVA_BYTE));
        } catch (IOException e) {
            throw new ContainerException("cannot write picture " + count + ": " + e.getMessage());
        }
    }

    @Override
    public void finish() {
        try {
            Files.deleteIfExists(folder);
            Files.move(unfinished, folder);
        } catch (IOException e) {
            throw new ContainerException("cannot move " + unfinished + " to " + folder + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.exists(unfinished) ? Files.walk(unfinished) : Stream.of()) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new ContainerException("cannot remove the incomplete " + unfinished + ": " + e.getMessage());
        }
    }
}
