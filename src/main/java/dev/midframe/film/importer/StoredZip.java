package dev.midframe.film.importer;

import dev.midframe.film.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * PyTorch's kind of zip: one folder, whose records are stored uncompressed. Reading it never takes more memory than the
 * file has bytes, and nothing is ever unpacked to a disk.
 */
final class StoredZip implements AutoCloseable {

    private static final int MAX_ENTRIES = 1 << 14;
    private static final String LANDMARK = "/data.pkl";

    private final Path file;
    private final ZipFile zip;
    private final String folder;
    private final long bytes;
    private long unread;

    private StoredZip(Path file, ZipFile zip, String folder, long bytes) {
        this.file = file;
        this.zip = zip;
        this.folder = folder;
        this.bytes = bytes;
        this.unread = bytes;
    }

    static StoredZip open(Path file) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new ModelException(
                    "it is damaged or was saved in the format before PyTorch 1.6; if PyTorch loads it, save it again ("
                            + e.getMessage() + ")",
                    e);
        }
        try {
            return new StoredZip(file, zip, folder(zip), Files.size(file));
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    Path file() {
        return file;
    }

    /** Size of the archive's file. */
    long bytes() {
        return bytes;
    }

    boolean contains(String record) {
        return zip.getEntry(folder + "/" + record) != null;
    }

    /**
     * Reads a whole record.
     *
     * @param most the number of bytes beyond which it is refused
     * @throws ModelException when it is missing, compressed, too large or damaged
     */
    MemorySegment read(String record, Arena arena, long most) throws IOException {
        ZipEntry entry = zip.getEntry(folder + "/" + record);
        if (entry == null) {
            throw new ModelException("the record " + record + " is missing");
        }
        if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
            throw new ModelException("the record " + record + " is compressed, which PyTorch's never are");
        }
        if (entry.getSize() > Math.min(most, unread)) {
            throw new ModelException("the record " + record + " claims " + entry.getSize() + " bytes; at most "
                    + Math.min(most, unread) + " are possible");
        }
        unread -= entry.getSize();
        MemorySegment content = arena.allocate(entry.getSize(), Long.BYTES);
        ByteBuffer buffer = content.asByteBuffer();
        try (InputStream stream = zip.getInputStream(entry);
                ReadableByteChannel channel = Channels.newChannel(stream)) {
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // Until the buffer is full or the record ends.
            }
        }
        CRC32 checksum = new CRC32();
        checksum.update(content.asByteBuffer());
        if (buffer.hasRemaining() || checksum.getValue() != entry.getCrc()) {
            throw new ModelException("the record " + record + " is damaged: its checksum is wrong");
        }
        return content;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private static String folder(ZipFile zip) {
        if (zip.size() > MAX_ENTRIES) {
            throw new ModelException("it has " + zip.size() + " records; at most " + MAX_ENTRIES + " are read");
        }
        List<? extends ZipEntry> entries = zip.stream().toList();
        Set<String> names = new HashSet<>();
        for (ZipEntry entry : entries) {
            String name = entry.getName();
            if (name.startsWith("/")
                    || name.contains("\\")
                    || List.of(name.split("/")).contains("..")) {
                throw new ModelException("its record " + name + " points out of the archive");
            }
            if (!names.add(name)) {
                throw new ModelException("it has two records named " + name);
            }
        }
        List<String> folders = names.stream()
                .filter(name -> name.endsWith(LANDMARK) && name.indexOf('/') == name.length() - LANDMARK.length())
                .map(name -> name.substring(0, name.length() - LANDMARK.length()))
                .toList();
        if (folders.size() != 1) {
            throw new ModelException("it has " + folders.size() + " records FOLDER" + LANDMARK + " instead of one");
        }
        return folders.getFirst();
    }
}
