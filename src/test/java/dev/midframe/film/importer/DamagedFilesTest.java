package dev.midframe.film.importer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.midframe.film.ModelException;
import dev.midframe.film.importer.TensorBundleWriter.Keys;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hundreds of damaged files, always the same ones: each is read or refused, with little memory. */
class DamagedFilesTest {

    private static final int FILES = 300;
    private static final long MOST_HEAP = 32 << 20;

    @TempDir
    private Path folder;

    private final Random random = new Random(7);
    private int refused;

    @BeforeEach
    void countFromZero() {
        refused = 0;
    }

    @Test
    void damagedArchives() throws IOException {
        Path file = TorchArchiveWriter.write(folder.resolve("weights.pt"), archive());
        byte[] whole = Files.readAllBytes(file);
        for (int number = 0; number < FILES; number++) {
            Files.write(file, damaged(whole));
            read(arena -> TorchArchive.read(file, arena));
        }
        assertThat(refused).isGreaterThan(FILES / 2);
    }

    @Test
    void damagedPicklesUnderRightChecksums() throws IOException {
        Path file = folder.resolve("weights.pt");
        SequencedMap<String, byte[]> records = archive();
        byte[] pickle = records.get("data.pkl");
        for (int number = 0; number < FILES; number++) {
            records.put("data.pkl", damaged(pickle));
            TorchArchiveWriter.write(file, records);
            read(arena -> TorchArchive.read(file, arena));
        }
        assertThat(refused).isGreaterThan(FILES / 2);
    }

    @Test
    void damagedEntriesOfCheckpointsUnderRightChecksums() throws IOException {
        TensorBundleWriter bundle = TensorBundleWriter.of(
                FilmTensors.random(FilmTensors.shapes(1, List.of(2, 2, 2, 2))), Keys.OBJECT_GRAPH);
        List<String> keys = List.copyOf(bundle.entries.keySet());
        for (int number = 0; number < FILES; number++) {
            String key = keys.get(random.nextInt(keys.size()));
            byte[] entry = bundle.entries.get(key);
            bundle.entries.put(key, damaged(entry));
            Path index = bundle.write(folder).resolve("variables/variables.index");
            read(arena -> TensorBundle.read(index, arena));
            bundle.entries.put(key, entry);
        }
        assertThat(refused).isGreaterThan(FILES / 2);
    }

    private static SequencedMap<String, byte[]> archive() {
        return TorchArchiveWriter.records(FilmTensors.random(FilmTensors.shapes(1, List.of(2, 2, 2, 2))), "");
    }

    private interface Reader {
        Object read(Arena arena);
    }

    private void read(Reader reader) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try (Arena arena = Arena.ofConfined()) {
            reader.read(arena);
        } catch (ModelException e) {
            refused++;
            assertThat(e.getMessage()).isNotBlank();
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_HEAP);
    }

    /** With one of: bits changed, a byte replaced by a telling one, a part cut off, taken out, doubled or moved. */
    private byte[] damaged(byte[] whole) {
        if (whole.length == 0) {
            return whole;
        }
        byte[] bytes = whole.clone();
        int offset = random.nextInt(bytes.length);
        int other = random.nextInt(bytes.length);
        int length = random.nextInt(1 + Math.min(64, bytes.length - Math.max(offset, other)));
        switch (random.nextInt(6)) {
            case 0 -> bytes[offset] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[offset] = (byte) new int[] {0, 0xff, 0x7f, 0x80, '(', '.', 'c', 'R'}[random.nextInt(8)];
            case 2 -> bytes = Arrays.copyOf(bytes, offset);
            case 3 -> {
                System.arraycopy(whole, offset + length, bytes, offset, bytes.length - offset - length);
                bytes = Arrays.copyOf(bytes, bytes.length - length);
            }
            case 4 -> {
                bytes = Arrays.copyOf(bytes, bytes.length + length);
                System.arraycopy(whole, offset, bytes, offset + length, whole.length - offset);
            }
            default -> System.arraycopy(whole, offset, bytes, other, length);
        }
        return bytes;
    }
}
