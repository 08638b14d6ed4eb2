package dev.midframe.film.importer;

import static dev.midframe.film.importer.PickleOpcode.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.film.ModelException;
import dev.midframe.film.weights.Safetensors;
import dev.midframe.film.weights.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archives in resources/import were saved by PyTorch ({@code midframe_train torch-archives}) from the golden weights. */
class TorchArchiveTest {

    private static final Path GOLDEN = Path.of("src/test/resources/film-golden/weights.safetensors");
    private static final Path FIXTURES = Path.of("src/test/resources/import");

    @TempDir
    private Path folder;

    private final Arena arena = Arena.ofConfined();

    @AfterEach
    void release() {
        arena.close();
    }

    @Test
    void aScriptedModuleGivesItsWeightsAndItsLevels() {
        ForeignWeights weights = TorchArchive.read(FIXTURES.resolve("film_fp32.pt"), arena);

        assertThat(values(weights.tensors())).isEqualTo(golden(UnaryOperator.identity()));
        assertThat(weights.kind()).isEqualTo("TorchScript archive");
        assertThat(weights.levels()).isEqualTo(OptionalInt.of(7));
    }

    @Test
    void aScriptedModuleInHalfPrecisionGivesTheRoundedWeights() {
        ForeignWeights weights = TorchArchive.read(FIXTURES.resolve("film_fp16.pt"), arena);

        assertThat(weights.tensors()).allMatch(tensor -> tensor.type() == Tensor.Type.F16);
        assertThat(values(weights.tensors())).isEqualTo(golden(TorchArchiveTest::rounded));
    }

    @Test
    void aStateDictionaryGivesItsWeights() {
        ForeignWeights weights = TorchArchive.read(FIXTURES.resolve("state_dict_fp16.pt"), arena);

        assertThat(values(weights.tensors())).isEqualTo(golden(TorchArchiveTest::rounded));
        assertThat(weights.kind()).isEqualTo("PyTorch state dictionary");
        assertThat(weights.levels()).isEmpty();
    }

    @Test
    void tensorsThatShareAStorageOrLieInAnotherOrderAreGathered() {
        ForeignWeights weights = TorchArchive.read(FIXTURES.resolve("state_dict_views.pt"), arena);

        assertThat(values(weights.tensors())).isEqualTo(golden(UnaryOperator.identity()));
    }

    @Test
    void theWayToTheModelInsideACheckpointIsLeftOut() throws IOException {
        List<Tensor> tensors = FilmTensors.random(FilmTensors.shapes(4, FilmTensors.SMALL_FLOW_FILTERS));
        Path file = archive(TorchArchiveWriter.records(tensors, "module."));

        assertThat(values(TorchArchive.read(file, arena).tensors())).isEqualTo(values(tensors));
    }

    @Test
    void aModelSavedAsAnObjectIsRefusedByItsClass() throws IOException {
        byte[] pickle = PickleWriter.protocol2()
                .global("interpolator", "Interpolator")
                .op(EMPTY_TUPLE, NEWOBJ, EMPTY_DICT, BUILD)
                .stop();

        assertRefused(Map.of("data.pkl", pickle), "its pickle names interpolator.Interpolator");
    }

    @Test
    void numbersOfAnotherKindAreRefused() throws IOException {
        assertRefused(
                pickleOf(PickleWriter.protocol2().tensor("DoubleStorage", "0", 1, 0, List.of(1), List.of(1))),
                "its pickle names torch.DoubleStorage");
    }

    @Test
    void aTensorBeyondItsStorageIsRefused() throws IOException {
        assertRefused(
                pickleOf(PickleWriter.protocol2().tensor("FloatStorage", "0", 2, 1, List.of(2), List.of(1))),
                "[2] with the strides [1] from 1 does not fit into its 2 values");
        assertRefused(
                pickleOf(PickleWriter.protocol2()
                        .tensor("FloatStorage", "0", 2, 0, List.of(2), List.of(Integer.MAX_VALUE))),
                "does not fit into its 2 values");
        assertRefused(
                pickleOf(PickleWriter.protocol2().tensor("FloatStorage", "0", 2, -1, List.of(2), List.of(1))),
                "impossible shape");
    }

    @Test
    void aTensorThatRepeatsNumbersToGrowIsRefused() throws IOException {
        assertRefused(
                pickleOf(PickleWriter.protocol2()
                        .tensor("FloatStorage", "0", 2, 0, List.of(60_000, 60_000), List.of(0, 0))),
                "claim more bytes than the file has");
    }

    @Test
    void aStorageOfAnotherSizeThanThePickleSaysIsRefused() throws IOException {
        assertRefused(
                pickleOf(PickleWriter.protocol2().tensor("FloatStorage", "0", 3, 0, List.of(2), List.of(1))),
                "its storage 0 has 8 bytes, not 3 values of F32");
    }

    @Test
    void aMissingStorageIsNamed() throws IOException {
        assertRefused(
                pickleOf(PickleWriter.protocol2().tensor("FloatStorage", "7", 2, 0, List.of(2), List.of(1))),
                "the record data/7 is missing");
    }

    @Test
    void aPickleThatContainsItselfIsRefused() throws IOException {
        byte[] pickle = PickleWriter.protocol2()
                .op(EMPTY_DICT)
                .put(0)
                .text("a")
                .get(0)
                .op(SETITEM)
                .stop();

        assertRefused(Map.of("data.pkl", pickle), "refers to itself");
    }

    @Test
    void aPickleThatUnfoldsWithoutEndIsRefused() throws IOException {
        PickleWriter pickle = PickleWriter.protocol2().op(EMPTY_TUPLE).put(0);
        for (int level = 0; level < 40; level++) {
            pickle.get(level).op(TUPLE2).put(level + 1);
        }

        assertRefused(Map.of("data.pkl", pickle.stop()), "nested too deeply");
    }

    @Test
    void namesThatGrowWithoutEndAreRefused() throws IOException {
        PickleWriter pickle = PickleWriter.protocol2()
                .op(EMPTY_DICT)
                .text("a".repeat(1_000))
                .op(EMPTY_DICT)
                .text("b")
                .whole(1)
                .op(SETITEM, SETITEM);

        assertRefused(Map.of("data.pkl", pickle.stop()), "endless names");
    }

    @Test
    void bigEndianNumbersAreRefused() throws IOException {
        Map<String, byte[]> records = new TreeMap<>(
                pickleOf(PickleWriter.protocol2().tensor("FloatStorage", "0", 2, 0, List.of(2), List.of(1))));
        records.put("byteorder", "big".getBytes());

        assertRefused(records, "big-endian");
    }

    private void assertRefused(Map<String, byte[]> records, String reason) throws IOException {
        Path file = archive(records);
        assertThatThrownBy(() -> TorchArchive.read(file, arena))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(file + " is not a usable PyTorch archive: ")
                .hasMessageContaining(reason);
    }

    private Path archive(Map<String, byte[]> records) throws IOException {
        return TorchArchiveWriter.write(Files.createTempFile(folder, "weights", ".pt"), records);
    }

    private static Map<String, byte[]> pickleOf(PickleWriter tensor) {
        byte[] pickle = tensor.stop();
        return Map.of("data.pkl", pickle, "data/0", new byte[8]);
    }

    private Map<String, List<Float>> golden(UnaryOperator<Float> change) {
        Map<String, List<Float>> values =
                values(List.copyOf(Safetensors.map(GOLDEN, arena).tensors().values()));
        values.replaceAll((name, numbers) -> numbers.stream().map(change).toList());
        return values;
    }

    private static float rounded(float value) {
        return Float.float16ToFloat(Float.floatToFloat16(value));
    }

    static Map<String, List<Float>> values(List<Tensor> tensors) {
        Map<String, List<Float>> values = new TreeMap<>();
        for (Tensor tensor : tensors) {
            List<Float> numbers = new java.util.ArrayList<>();
            for (float value : tensor.toFloats()) {
                numbers.add(value);
            }
            values.put(tensor.name() + tensor.shape(), numbers);
        }
        return values;
    }
}
