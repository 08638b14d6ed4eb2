package dev.midframe.film.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.film.ModelException;
import dev.midframe.film.importer.TensorBundleWriter.Keys;
import dev.midframe.film.weights.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorBundleTest {

    private static final List<Tensor> TENSORS =
            FilmTensors.random(FilmTensors.shapes(4, FilmTensors.SMALL_FLOW_FILTERS));

    @TempDir
    private Path folder;

    private final Arena arena = Arena.ofConfined();

    @AfterEach
    void release() {
        arena.close();
    }

    @ParameterizedTest
    @EnumSource
    void aSavedModelGivesItsWeightsWhateverItsKeysAre(Keys keys) throws IOException {
        ForeignWeights weights = read(TensorBundleWriter.of(TENSORS, keys));

        assertThat(TorchArchiveTest.values(weights.tensors())).isEqualTo(TorchArchiveTest.values(TENSORS));
        assertThat(weights.kind()).isEqualTo("TensorFlow SavedModel");
        assertThat(weights.files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("variables.index", "variables.data-00000-of-00001");
    }

    @Test
    void halfPrecisionIsRead() throws IOException {
        List<Tensor> half = TENSORS.stream().map(TensorBundleTest::half).toList();

        ForeignWeights weights = read(TensorBundleWriter.of(half, Keys.PLAIN));

        assertThat(weights.tensors()).allMatch(tensor -> tensor.type() == Tensor.Type.F16);
        assertThat(TorchArchiveTest.values(weights.tensors())).isEqualTo(TorchArchiveTest.values(half));
    }

    @Test
    void theOrderOfKerassNumbersCountsNotTheNumbers() throws IOException {
        TensorBundleWriter bundle = TensorBundleWriter.of(TENSORS, Keys.PLAIN);
        for (int index = 12; index >= 0; index--) {
            for (String part : List.of("/kernel", "/bias")) {
                byte[] entry = bundle.entries.remove("fusion/conv2d" + (index == 0 ? "" : "_" + index) + part);
                bundle.entries.put("fusion/conv2d_" + (index + 95) + part, entry);
            }
        }

        assertThat(TorchArchiveTest.values(read(bundle).tensors())).isEqualTo(TorchArchiveTest.values(TENSORS));
    }

    @Test
    void whatTrainingKeepsBesideTheWeightsIsLeftOut() throws IOException {
        TensorBundleWriter bundle = TensorBundleWriter.of(TENSORS, Keys.SUFFIXED);
        bundle.add("optimizer/learning_rate/.ATTRIBUTES/VARIABLE_VALUE", 1, List.of(), new byte[4]);
        bundle.add(
                "fusion/conv2d/kernel/.OPTIMIZER_SLOT/optimizer/m/.ATTRIBUTES/VARIABLE_VALUE",
                1,
                List.of(1),
                new byte[4]);

        assertThat(read(bundle).tensors()).hasSameSizeAs(TENSORS);
    }

    @Test
    void anotherVariableIsRefusedByName() throws IOException {
        TensorBundleWriter bundle = TensorBundleWriter.of(TENSORS, Keys.SUFFIXED);
        bundle.add("dense/kernel/.ATTRIBUTES/VARIABLE_VALUE", 1, List.of(1), new byte[4]);

        assertRefused(bundle, "it has the variable dense/kernel, which FILM has not");
    }

    @Test
    void variablesWithoutNamesAreRefused() throws IOException {
        TensorBundleWriter bundle = TensorBundleWriter.of(TENSORS, Keys.OBJECT_GRAPH);
        bundle.entries.remove("_CHECKPOINTABLE_OBJECT_GRAPH");

        assertRefused(bundle, "it has the variable variables/0, which FILM has not");
    }

    @Test
    void otherKindsOfNumbersAreRefused() throws IOException {
        TensorBundleWriter bundle = TensorBundleWriter.of(TENSORS, Keys.PLAIN);
        bundle.add("fusion/conv2d/bias", 2, List.of(32), new byte[256]);

        assertRefused(bundle, "fusion/conv2d/bias is of TensorFlow's type 2");
    }

    @Test
    void damagedNumbersAreNoticed() throws IOException {
        Path model = TensorBundleWriter.of(TENSORS, Keys.OBJECT_GRAPH).write(folder);
        Path data = model.resolve("variables/variables.data-00000-of-00001");
        byte[] bytes = Files.readAllBytes(data);
        bytes[bytes.length / 2] ^= 1;
        Files.write(data, bytes);

        assertThatThrownBy(() -> TensorBundle.read(model.resolve("variables/variables.index"), arena))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is damaged: its checksum is wrong");
    }

    @Test
    void aDamagedObjectGraphIsNoticed() throws IOException {
        TensorBundleWriter bundle = TensorBundleWriter.of(TENSORS, Keys.OBJECT_GRAPH);
        Path model = bundle.write(folder);
        Path data = model.resolve("variables/variables.data-00000-of-00001");
        byte[] bytes = Files.readAllBytes(data);
        bytes[bytes.length - 20] ^= 1;
        Files.write(data, bytes);

        assertThatThrownBy(() -> TensorBundle.read(model.resolve("variables/variables.index"), arena))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("the variable _CHECKPOINTABLE_OBJECT_GRAPH is damaged");
    }

    @Test
    void aTruncatedDataFileIsRefused() throws IOException {
        Path model = TensorBundleWriter.of(TENSORS, Keys.PLAIN).write(folder);
        Path data = model.resolve("variables/variables.data-00000-of-00001");
        Files.write(data, java.util.Arrays.copyOf(Files.readAllBytes(data), 1000));

        assertThatThrownBy(() -> TensorBundle.read(model.resolve("variables/variables.index"), arena))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("but data file 0 has 1000");
    }

    @Test
    void aMissingDataFileIsNamed() throws IOException {
        Path model = TensorBundleWriter.of(TENSORS, Keys.PLAIN).write(folder);
        Files.delete(model.resolve("variables/variables.data-00000-of-00001"));

        assertThatThrownBy(() -> TensorBundle.read(model.resolve("variables/variables.index"), arena))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("the data file variables.data-00000-of-00001 is missing");
    }

    @Test
    void variablesThatShareBytesToGrowAreRefused() throws IOException {
        TensorBundleWriter bundle = TensorBundleWriter.of(TENSORS, Keys.PLAIN);
        byte[] entry = bundle.entries.get("fusion/conv2d_9/kernel");
        for (int level = 0; level < 100; level++) {
            bundle.entries.put("predict_flow/flow_predictor_" + level + "/conv_9/kernel", entry);
        }

        assertRefused(bundle, "claim more bytes than its data files have");
    }

    @Test
    void impossibleEntriesAreRefused() throws IOException {
        TensorBundleWriter bundle = TensorBundleWriter.of(TENSORS, Keys.PLAIN);
        bundle.entries.put("fusion/conv2d/bias", TensorBundleWriter.entry(1, List.of(1), 3, 0, 4, 0));
        assertRefused(bundle, "in data file 3 of 1");
        bundle.entries.put("fusion/conv2d/bias", TensorBundleWriter.entry(1, List.of(1), 0, -4, 4, 0));
        assertRefused(bundle, "lies at -4");
        bundle.entries.put(
                "fusion/conv2d/bias", TensorBundleWriter.entry(1, List.of(1), 0, bundle.data.size() - 2, 4, 0));
        assertRefused(bundle, "with 4 bytes, but data file 0 has " + bundle.data.size());
        int most = Integer.MAX_VALUE;
        bundle.entries.put("fusion/conv2d/bias", TensorBundleWriter.entry(1, List.of(most, most, most), 0, 0, 4, 0));
        assertRefused(bundle, "fusion/conv2d/bias is damaged");
        bundle.add("fusion/conv2d/bias", 1, List.of(most, most, most), new byte[4]);
        assertRefused(bundle, "fusion/conv2d/bias [2147483647, 2147483647, 2147483647] has 4 bytes");
        bundle.add("fusion/conv2d/bias", 1, List.of(-1), new byte[4]);
        assertRefused(bundle, "impossible shape [-1]");
        bundle.add("fusion/conv2d/bias", 1, List.of(1, 1, 1, 1, 1), new byte[4]);
        assertRefused(bundle, "at most 4 of both are read");
        bundle.entries.put("fusion/conv2d/bias", new byte[] {10});
        assertRefused(bundle, "the entry of fusion/conv2d/bias is damaged");
        bundle.entries.put("", new byte[] {8, 1, 16, 1});
        assertRefused(bundle, "big-endian");
        bundle.entries.remove("");
        assertRefused(bundle, "lacks the header");
    }

    private ForeignWeights read(TensorBundleWriter bundle) throws IOException {
        return TensorBundle.read(bundle.write(folder).resolve("variables/variables.index"), arena);
    }

    private void assertRefused(TensorBundleWriter bundle, String reason) throws IOException {
        Path index = bundle.write(folder).resolve("variables/variables.index");
        assertThatThrownBy(() -> TensorBundle.read(index, arena))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(index + " is not a usable TensorFlow checkpoint: ")
                .hasMessageContaining(reason);
    }

    private static Tensor half(Tensor tensor) {
        float[] values = tensor.toFloats();
        MemorySegment data = MemorySegment.ofArray(new byte[values.length * 2]);
        for (int index = 0; index < values.length; index++) {
            data.setAtIndex(
                    java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED, index, Float.floatToFloat16(values[index]));
        }
        return new Tensor(tensor.name(), Tensor.Type.F16, tensor.shape(), data);
    }
}
