package dev.midframe.film.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.film.ModelException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SortedTableTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 2", "16, 4", "1000, 16"})
    void keysAndValuesComeBackInOrder(int keysInBlock, int restartInterval) {
        SortedMap<String, byte[]> entries = entries(200);

        byte[] table = new SortedTableWriter(keysInBlock, restartInterval, 0).write(List.copyOf(entries.entrySet()));

        SequencedMap<String, ByteBuffer> read = SortedTable.read(ByteBuffer.wrap(table));
        assertThat(read.keySet()).containsExactlyElementsOf(entries.keySet());
        entries.forEach((key, value) -> assertThat(read.get(key)).isEqualTo(ByteBuffer.wrap(value)));
    }

    @Test
    void aTableWithoutKeysIsEmpty() {
        assertThat(SortedTable.read(ByteBuffer.wrap(SortedTableWriter.table(new TreeMap<>()))))
                .isEmpty();
    }

    @Test
    void everyChangedByteOfABlockIsNoticed() {
        byte[] table = SortedTableWriter.table(entries(20));
        int footer = table.length - 48;
        for (int offset = 0; offset < footer; offset++) {
            byte[] damaged = table.clone();
            damaged[offset] ^= 0x20;
            assertRefused(damaged, "checksum of the block");
        }
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] table = SortedTableWriter.table(entries(20));
        for (int length = 0; length < table.length; length++) {
            assertRefused(Arrays.copyOf(table, length), "lacks the footer");
        }
    }

    @Test
    void keysOutOfOrderAreRefused() {
        List<Map.Entry<String, byte[]>> entries = List.copyOf(entries(40).entrySet());

        assertRefused(
                new SortedTableWriter(1, 1, 0).write(entries.reversed()), "out of order at the key variable/0038");
        assertRefused(new SortedTableWriter(16, 4, 0).write(List.of(entries.get(3), entries.get(3))), "out of order");
    }

    @Test
    void compressedBlocksAreRefusedByTheirMethod() {
        List<Map.Entry<String, byte[]>> entries = List.copyOf(entries(4).entrySet());

        assertRefused(new SortedTableWriter(16, 4, 1).write(entries), "compressed with Snappy");
        assertRefused(new SortedTableWriter(16, 4, 7).write(entries), "compressed with method 7");
    }

    @Test
    void aBlockBeyondTheFileIsRefused() {
        byte[] table = SortedTableWriter.table(entries(4));
        table[table.length - 48] = 0x7f;
        assertRefused(table, "beyond its end");
    }

    @Test
    void aKeyThatGrowsWithoutEndIsRefused() {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        entries.put("k".repeat(5_000), new byte[1]);

        assertRefused(SortedTableWriter.table(entries), "its index has a key of 0 and 5000 bytes");
    }

    private static SortedMap<String, byte[]> entries(int count) {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        for (int index = 0; index < count; index++) {
            entries.put("variable/%04d".formatted(index), new byte[index % 7]);
        }
        return entries;
    }

    private static void assertRefused(byte[] table, String reason) {
        assertThatThrownBy(() -> SortedTable.read(ByteBuffer.wrap(table)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(reason);
    }
}
