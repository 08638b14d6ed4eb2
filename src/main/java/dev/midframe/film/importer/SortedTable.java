package dev.midframe.film.importer;

import dev.midframe.film.ModelException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.zip.CRC32C;

/**
 * Reads a table in LevelDB's format (its doc/table_format.md), as TensorFlow writes its checkpoints' indexes: blocks of
 * ascending keys with values, each with a checksum; an index block that finds them; a footer that finds the index.
 */
final class SortedTable {

    private static final long MAGIC = 0xdb4775248b80fb57L;
    private static final int FOOTER_BYTES = 48;
    private static final int BLOCK_TRAILER_BYTES = 5;
    private static final int MAX_ENTRIES = 1 << 14;
    private static final int MAX_KEY_BYTES = 1 << 12;

    private final ByteBuffer file;

    private SortedTable(ByteBuffer file) {
        this.file = file;
    }

    /** A key, one character a byte (so that their order is the bytes'), and its value. */
    private record Entry(String key, ByteBuffer value) {}

    /**
     * Reads a whole table.
     *
     * @return values by key, in ascending order
     * @throws ModelException when it is damaged, out of order, or compressed
     */
    static SequencedMap<String, ByteBuffer> read(ByteBuffer file) {
        try {
            return new SortedTable(file.slice().order(ByteOrder.LITTLE_ENDIAN)).read();
        } catch (BufferUnderflowException e) {
            throw new ModelException("its index ends in the middle", e);
        }
    }

    private SequencedMap<String, ByteBuffer> read() {
        if (file.limit() < FOOTER_BYTES || file.getLong(file.limit() - Long.BYTES) != MAGIC) {
            throw new ModelException("its index lacks the footer of a table; it is truncated or no checkpoint index");
        }
        ByteBuffer footer = slice(file, file.limit() - FOOTER_BYTES, FOOTER_BYTES);
        block(footer);
        SequencedMap<String, ByteBuffer> table = new LinkedHashMap<>();
        String last = null;
        for (Entry block : entries(block(footer))) {
            for (Entry entry : entries(block(block.value))) {
                if (last != null && last.compareTo(entry.key) >= 0) {
                    throw new ModelException("its index is out of order at the key " + entry.key);
                }
                if (table.size() == MAX_ENTRIES) {
                    throw new ModelException("its index has more than " + MAX_ENTRIES + " keys");
                }
                table.put(entry.key, entry.value);
                last = entry.key;
            }
        }
        return table;
    }

    /** The content of the block that a handle (offset and size) at the buffer's position names. */
    private ByteBuffer block(ByteBuffer handle) {
        long offset = varint(handle);
        long size = varint(handle);
        if (offset < 0 || size < 0 || offset > file.limit() || size > file.limit() - offset - BLOCK_TRAILER_BYTES) {
            throw new ModelException("its index names a block of " + size + " bytes at " + offset + " beyond its end");
        }
        int end = (int) (offset + size);
        CRC32C checksum = new CRC32C();
        checksum.update(slice(file, (int) offset, (int) size + 1));
        if (file.getInt(end + 1) != masked(checksum)) {
            throw new ModelException("its index is damaged: the checksum of the block at " + offset + " is wrong");
        }
        byte compression = file.get(end);
        if (compression != 0) {
            throw new ModelException(
                    "its index is compressed with " + (compression == 1 ? "Snappy" : "method " + compression)
                            + ", which TensorFlow does not use there");
        }
        return slice(file, (int) offset, (int) size);
    }

    /** Key and value pairs; after them stand the offsets of whole keys, which a reader of all does not need. */
    private static List<Entry> entries(ByteBuffer block) {
        int restarts = block.limit() < Integer.BYTES ? -1 : block.getInt(block.limit() - Integer.BYTES);
        if (restarts < 0 || restarts > block.limit() / Integer.BYTES - 1) {
            throw new ModelException(
                    "its index has a block with " + restarts + " restarts in " + block.limit() + " bytes");
        }
        ByteBuffer pairs = slice(block, 0, block.limit() - Integer.BYTES * (restarts + 1));
        List<Entry> entries = new ArrayList<>();
        String key = "";
        while (pairs.hasRemaining()) {
            long shared = varint(pairs);
            long unshared = varint(pairs);
            long value = varint(pairs);
            if (shared < 0 || shared > key.length() || unshared < 0 || unshared > MAX_KEY_BYTES - shared) {
                throw new ModelException(
                        "its index has a key of " + shared + " and " + unshared + " bytes after " + key.length());
            }
            if (entries.size() == MAX_ENTRIES) {
                throw new ModelException("its index has more than " + MAX_ENTRIES + " keys in a block");
            }
            key = key.substring(0, (int) shared) + StandardCharsets.ISO_8859_1.decode(take(pairs, unshared));
            entries.add(new Entry(key, take(pairs, value)));
        }
        return entries;
    }

    /** LevelDB's disguise of a checksum, so that checksums of data with checksums in it stay good. */
    static int masked(CRC32C checksum) {
        return Integer.rotateRight((int) checksum.getValue(), 15) + 0xa282ead8;
    }

    /** A little-endian base-128 number, as in protocol buffers. */
    static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new ModelException("it has a number of more than ten bytes");
    }

    private static ByteBuffer take(ByteBuffer bytes, long size) {
        if (size < 0 || size > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer taken = slice(bytes, bytes.position(), (int) size);
        bytes.position(bytes.position() + (int) size);
        return taken;
    }

    private static ByteBuffer slice(ByteBuffer bytes, int offset, int size) {
        return bytes.slice(offset, size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
