package dev.midframe.film.importer;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.midframe.film.ModelException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Whatever a stranger's file holds, it is read or refused: nothing else is thrown. An ordinary test run tries the inputs
 * kept in the test's resources; with JAZZER_FUZZ=1 in the environment, Jazzer looks for new ones.
 */
class ImportFuzzTest {

    @FuzzTest(maxDuration = "2m")
    void pickles(byte[] pickle) {
        try {
            Unpickler.read(ByteBuffer.wrap(pickle));
        } catch (ModelException e) {
            // Refused, as it should be.
        }
    }

    @FuzzTest(maxDuration = "2m")
    void archives(byte[] archive) throws IOException {
        Path file = Files.createTempFile("fuzzed", ".pt");
        try (Arena arena = Arena.ofConfined()) {
            TorchArchive.read(Files.write(file, archive), arena);
        } catch (ModelException e) {
            // Refused, as it should be.
        } finally {
            Files.delete(file);
        }
    }

    /** The records' checksums are right here, so that what they protect is reached. */
    @FuzzTest(maxDuration = "2m")
    void picklesInArchives(byte[] pickle) throws IOException {
        Path file = Files.createTempFile("fuzzed", ".pt");
        try (Arena arena = Arena.ofConfined()) {
            TorchArchiveWriter.write(file, Map.of("data.pkl", pickle, "data/0", new byte[64]));
            TorchArchive.read(file, arena);
        } catch (ModelException e) {
            // Refused, as it should be.
        } finally {
            Files.delete(file);
        }
    }

    @FuzzTest(maxDuration = "2m")
    void tables(byte[] table) {
        try {
            SortedTable.read(ByteBuffer.wrap(table));
        } catch (ModelException e) {
            // Refused, as it should be.
        }
    }

    /** Entries with checksums that are right, in a table that is right. */
    @FuzzTest(maxDuration = "2m")
    void checkpoints(FuzzedDataProvider data) throws IOException {
        TensorBundleWriter bundle = new TensorBundleWriter();
        switch (data.consumeInt(0, 2)) {
            case 0 -> bundle.entries.put("", data.consumeRemainingAsBytes());
            case 1 -> bundle.addText(ObjectGraph.KEY, data.consumeRemainingAsBytes());
            default -> bundle.entries.put("fusion/conv2d/bias", data.consumeRemainingAsBytes());
        }
        Path folder = bundle.write(Files.createTempDirectory("fuzzed"));
        try (Arena arena = Arena.ofConfined()) {
            TensorBundle.read(folder.resolve("variables/variables.index"), arena);
        } catch (ModelException e) {
            // Refused, as it should be.
        } finally {
            Files.delete(folder.resolve("variables/variables.index"));
            Files.delete(folder.resolve("variables/variables.data-00000-of-00001"));
            Files.delete(folder.resolve("variables"));
            Files.delete(folder);
        }
    }
}
