package dev.midframe.support;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;

/**
 * A file that is there whole or not at all: what it held before stays until the new content is complete.
 *
 * @param path where it will be
 */
public record AtomicFile(Path path) {

    private static final long CHUNK_BYTES = 1 << 30;

    /**
     * Writes a value as indented JSON.
     *
     * @param value records and collections of them
     * @throws IOException as {@link #write(List)}
     */
    public void writeJson(Object value) throws IOException {
        write(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(value));
    }

    /** As {@link #write(List)}. */
    public void write(byte[] content) throws IOException {
        write(List.of(MemorySegment.ofArray(content)));
    }

    /**
     * Writes the content beside the file, then puts it in the file's place.
     *
     * @param content one part after the other
     * @throws IOException when the folder is missing, not writable or full; the message is one line
     */
    public void write(List<MemorySegment> content) throws IOException {
        Path target = path.toAbsolutePath();
        Path unfinished = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (FileChannel channel =
                    FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                for (MemorySegment part : content) {
                    write(part, channel);
                }
                channel.force(true);
            }
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

    private static void write(MemorySegment part, FileChannel channel) throws IOException {
        for (long start = 0; start < part.byteSize(); start += CHUNK_BYTES) {
            long bytes = Math.min(CHUNK_BYTES, part.byteSize() - start);
            ByteBuffer chunk = part.asSlice(start, bytes).asByteBuffer();
            while (chunk.hasRemaining()) {
                channel.write(chunk);
            }
        }
    }
}
