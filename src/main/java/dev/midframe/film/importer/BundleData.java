package dev.midframe.film.importer;

import dev.midframe.film.ModelException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** The data files of a TensorFlow checkpoint: the bytes that its entries are about. */
final class BundleData {

    private static final int MAX_TEXT_BYTES = 1 << 22;

    private final List<MemorySegment> files;

    private BundleData(List<MemorySegment> files) {
        this.files = files;
    }

    /** Maps the files. They stay mapped as long as the arena lives. */
    static BundleData map(List<Path> paths, Arena arena) throws IOException {
        List<MemorySegment> files = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.isRegularFile(path)) {
                throw new ModelException("the data file " + path.getFileName() + " is missing");
            }
            try (FileChannel channel = FileChannel.open(path)) {
                files.add(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
            }
        }
        return new BundleData(files);
    }

    /** Bytes of all files. */
    long size() {
        return files.stream().mapToLong(MemorySegment::byteSize).sum();
    }

    /**
     * The values of a variable.
     *
     * @throws ModelException when they are not there or damaged
     */
    MemorySegment values(String variable, BundleEntry entry) {
        MemorySegment values = bytes(variable, entry);
        CRC32C checksum = new CRC32C();
        checksum.update(values.asByteBuffer());
        requireChecksum(variable, entry, checksum);
        return values;
    }

    /**
     * The string of a variable that is a single one: its length, a checksum of the length, its bytes.
     *
     * @throws ModelException when it is something else, too long, or damaged
     */
    ByteBuffer text(String variable, BundleEntry entry) {
        if (entry.type() != BundleEntry.STRING || !entry.shape().isEmpty() || entry.size() > MAX_TEXT_BYTES) {
            throw new ModelException(
                    "the variable " + variable + " is no single string of at most " + MAX_TEXT_BYTES + " bytes");
        }
        ByteBuffer bytes = bytes(variable, entry).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        try {
            long length = SortedTable.varint(bytes);
            int lengthChecksum = bytes.getInt();
            // The checksum is over the length as an integer of 32 bits, over its own checksum, and over the text.
            ByteBuffer prefix = ByteBuffer.allocate(2 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            prefix.putInt((int) length).putInt(lengthChecksum).flip();
            CRC32C checksum = new CRC32C();
            checksum.update(prefix);
            checksum.update(bytes.duplicate());
            requireChecksum(variable, entry, checksum);
            if (length != bytes.remaining()) {
                throw new ModelException("the variable " + variable + " is no single string");
            }
            return bytes.slice();
        } catch (BufferUnderflowException e) {
            throw new ModelException("the variable " + variable + " ends in the middle", e);
        }
    }

    private MemorySegment bytes(String variable, BundleEntry entry) {
        if (entry.shard() < 0 || entry.shard() >= files.size()) {
            throw new ModelException(
                    "the variable " + variable + " is in data file " + entry.shard() + " of " + files.size());
        }
        MemorySegment file = files.get(entry.shard());
        if (entry.offset() < 0
                || entry.size() < 1
                || entry.size() > Integer.MAX_VALUE
                || entry.offset() > file.byteSize() - entry.size()) {
            throw new ModelException("the variable " + variable + " lies at " + entry.offset() + " with " + entry.size()
                    + " bytes, but data file " + entry.shard() + " has " + file.byteSize());
        }
        return file.asSlice(entry.offset(), entry.size());
    }

    private static void requireChecksum(String variable, BundleEntry entry, CRC32C checksum) {
        if (SortedTable.masked(checksum) != entry.checksum()) {
            throw new ModelException("the variable " + variable + " is damaged: its checksum is wrong");
        }
    }
}
