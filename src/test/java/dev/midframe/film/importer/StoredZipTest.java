package dev.midframe.film.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.film.ModelException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredZipTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("weights.pt");
    }

    @Test
    void recordsAreReadWhole() throws IOException {
        TorchArchiveWriter.write(file, Map.of("data.pkl", new byte[] {1, 2}, "data/0", new byte[] {3, 4, 5}));

        assertThat(read("data.pkl", 100)).containsExactly(1, 2);
        assertThat(read("data/0", 100)).containsExactly(3, 4, 5);
    }

    @Test
    void anEmptyRecordIsEmpty() throws IOException {
        TorchArchiveWriter.write(file, Map.of("data.pkl", new byte[0]));

        assertThat(read("data.pkl", 100)).isEmpty();
    }

    @Test
    void aCompressedRecordIsRefusedBeforeItUnfolds() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            zip.write(new byte[10_000_000]);
        }

        assertThat(file).isNotEmptyFile();
        assertRefused("data.pkl", "the record data.pkl is compressed");
    }

    @Test
    void aRecordBeyondTheLimitIsRefused() throws IOException {
        TorchArchiveWriter.write(file, Map.of("data.pkl", new byte[101]));

        assertRefused("data.pkl", "claims 101 bytes; at most 100 are possible");
    }

    @Test
    void recordsThatShareBytesCannotAddUpToMoreThanTheFile() throws IOException {
        Map<String, byte[]> records = new LinkedHashMap<>();
        records.put("data.pkl", new byte[50]);
        records.put("data/0", new byte[50]);
        TorchArchiveWriter.write(file, records);
        long size = Files.size(file);

        try (StoredZip zip = StoredZip.open(file);
                Arena arena = Arena.ofConfined()) {
            for (long left = size; left >= 50; left -= 50) {
                zip.read("data/0", arena, 100);
            }
            assertThatThrownBy(() -> zip.read("data/0", arena, 100))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("at most " + size % 50 + " are possible");
        }
    }

    @Test
    void recordsInTheWrongOrderAreFoundByTheirChecksums() throws IOException {
        Map<String, byte[]> records = new LinkedHashMap<>();
        records.put("data.pkl", "1111".getBytes());
        records.put("data/0", "2222".getBytes());
        TorchArchiveWriter.write(file, records);
        String bytes = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        String swapped = bytes.replace("1111", "xxxx").replace("2222", "1111").replace("xxxx", "2222");
        Files.writeString(file, swapped, java.nio.charset.StandardCharsets.ISO_8859_1);

        assertRefused("data.pkl", "the record data.pkl is damaged: its checksum is wrong");
    }

    @Test
    void aTruncatedFileIsRefused() throws IOException {
        TorchArchiveWriter.write(file, Map.of("data.pkl", new byte[100]));
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 4, 60, whole.length - 1}) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertRefused("data.pkl", "it is damaged or was saved in the format before PyTorch 1.6");
        }
    }

    @Test
    void pathsOutOfTheArchiveAreRefused() throws IOException {
        for (String path : new String[] {"../../etc/passwd", "data/../../x", "a\\..\\b"}) {
            TorchArchiveWriter.write(file, Map.of("data.pkl", new byte[1], path, new byte[1]));
            assertRefused("data.pkl", "points out of the archive");
        }
    }

    @Test
    void twoRecordsOfOneNameAreRefused() throws IOException {
        TorchArchiveWriter.write(file, Map.of("data.pkl", new byte[1], "data/0", new byte[1], "data/1", new byte[1]));
        String bytes = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        Files.writeString(file, bytes.replace("data/1", "data/0"), java.nio.charset.StandardCharsets.ISO_8859_1);

        assertRefused("data.pkl", "it has two records named archive/data/0");
    }

    @Test
    void aZipWithoutThePickleIsRefused() throws IOException {
        TorchArchiveWriter.write(file, Map.of("word/document.xml", new byte[1]));

        assertRefused("data.pkl", "it has 0 records FOLDER/data.pkl instead of one");
    }

    @Test
    void aZipOfVeryManyRecordsIsRefused() throws IOException {
        Map<String, byte[]> records = new LinkedHashMap<>();
        for (int record = 0; record <= 1 << 14; record++) {
            records.put("data/" + record, new byte[0]);
        }
        TorchArchiveWriter.write(file, records);

        assertRefused("data.pkl", "at most 16384 are read");
    }

    private byte[] read(String record, long most) throws IOException {
        try (StoredZip zip = StoredZip.open(file);
                Arena arena = Arena.ofConfined()) {
            return zip.read(record, arena, most).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private void assertRefused(String record, String reason) {
        assertThatThrownBy(() -> read(record, 100))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(reason);
    }
}
