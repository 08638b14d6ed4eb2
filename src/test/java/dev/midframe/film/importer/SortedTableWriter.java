package dev.midframe.film.importer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** Writes tables in LevelDB's format: keys share prefixes, blocks hold a few keys each. */
final class SortedTableWriter {

    private final int keysInBlock;
    private final int restartInterval;
    private final int compression;
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    SortedTableWriter(int keysInBlock, int restartInterval, int compression) {
        this.keysInBlock = keysInBlock;
        this.restartInterval = restartInterval;
        this.compression = compression;
    }

    static byte[] table(SortedMap<String, byte[]> entries) {
        return new SortedTableWriter(16, 4, 0).write(List.copyOf(entries.entrySet()));
    }

    /** The table of entries in the given order, right or wrong. */
    byte[] write(List<Map.Entry<String, byte[]>> entries) {
        List<Map.Entry<String, byte[]>> index = new ArrayList<>();
        for (int begin = 0; begin < entries.size(); begin += keysInBlock) {
            List<Map.Entry<String, byte[]>> block =
                    entries.subList(begin, Math.min(begin + keysInBlock, entries.size()));
            index.add(Map.entry(block.getLast().getKey(), block(block)));
        }
        byte[] metaindex = block(List.of());
        ByteBuffer footer = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        footer.put(metaindex).put(block(index)).putLong(40, 0xdb4775248b80fb57L);
        file.writeBytes(footer.array());
        return file.toByteArray();
    }

    /** Appends a block and its trailer; returns its handle. */
    private byte[] block(List<Map.Entry<String, byte[]>> entries) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        List<Integer> restarts = new ArrayList<>();
        String last = "";
        for (int index = 0; index < entries.size(); index++) {
            String key = entries.get(index).getKey();
            byte[] value = entries.get(index).getValue();
            boolean restart = index % restartInterval == 0;
            if (restart) {
                restarts.add(block.size());
            }
            int shared = restart ? 0 : shared(last, key);
            block.writeBytes(varint(shared));
            block.writeBytes(varint(key.length() - shared));
            block.writeBytes(varint(value.length));
            block.writeBytes(key.substring(shared).getBytes(StandardCharsets.ISO_8859_1));
            block.writeBytes(value);
            last = key;
        }
        restarts.forEach(restart -> block.writeBytes(integer(restart)));
        block.writeBytes(integer(restarts.size()));
        ByteArrayOutputStream handle = new ByteArrayOutputStream();
        handle.writeBytes(varint(file.size()));
        handle.writeBytes(varint(block.size()));
        block.write(compression);
        file.writeBytes(block.toByteArray());
        file.writeBytes(integer(masked(block.toByteArray())));
        return handle.toByteArray();
    }

    /** LevelDB's masked CRC-32C. */
    static int masked(byte[]... parts) {
        CRC32C checksum = new CRC32C();
        for (byte[] part : parts) {
            checksum.update(part);
        }
        int value = (int) checksum.getValue();
        return (value >>> 15 | value << 17) + 0xa282ead8;
    }

    static byte[] integer(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    static byte[] varint(long value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long rest = value;
        while (rest < 0 || rest > 0x7f) {
            bytes.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
        return bytes.toByteArray();
    }

    private static int shared(String a, String b) {
        int shared = 0;
        while (shared < Math.min(a.length(), b.length()) && a.charAt(shared) == b.charAt(shared)) {
            shared++;
        }
        return shared;
    }

    static SortedMap<String, byte[]> sorted() {
        return new TreeMap<>();
    }
}
