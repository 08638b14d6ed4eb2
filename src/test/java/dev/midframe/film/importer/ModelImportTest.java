package dev.midframe.film.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.film.ModelException;
import dev.midframe.film.importer.TensorBundleWriter.Keys;
import dev.midframe.film.model.FilmConfig;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.FilmModels;
import dev.midframe.film.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in resources/import was saved by PyTorch and TensorFlow themselves, from the golden weights. */
class ModelImportTest {

    private static final Path FIXTURES = Path.of("src/test/resources/import");
    private static final Path GOLDEN = Path.of("src/test/resources/film-golden/weights.safetensors");

    @TempDir
    private Path folder;

    private FilmModels models;
    private ModelImport imports;

    @BeforeEach
    void makeAFolderForModels() {
        models = new FilmModels(folder.resolve("models"));
        imports = new ModelImport(models);
    }

    @ParameterizedTest
    @ValueSource(strings = {"film_fp32.pt", "state_dict_views.pt", "saved_model"})
    void everyFormOfTheSameWeightsBecomesTheSameModel(String file) {
        FilmModel model = imports.run(FIXTURES.resolve(file), "film");

        assertThat(model.name()).isEqualTo("film");
        assertThat(model.config()).isEqualTo(FilmModel.open(GOLDEN).config());
        assertThat(values(model)).isEqualTo(values(FilmModel.open(GOLDEN)));
    }

    @Test
    void halfPrecisionIsKept() {
        FilmModel model = imports.run(FIXTURES.resolve("film_fp16.pt"), "film");

        assertThat(model.weights().values()).allMatch(tensor -> tensor.type() == Tensor.Type.F16);
        assertThat(models.file("film")).isRegularFile();
    }

    @Test
    void safetensorsOfTheSameNamesAreTaken() {
        assertThat(values(imports.run(GOLDEN, "film"))).isEqualTo(values(FilmModel.open(GOLDEN)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "saved_model.pb", "variables", "variables/variables.index"})
    void aSavedModelIsFoundByItsFolderOrAFileInIt(String path) throws IOException {
        List<Tensor> tensors = FilmTensors.random(FilmTensors.shapes(2, List.of(2, 4, 4, 8)));
        Path saved = TensorBundleWriter.of(tensors, Keys.OBJECT_GRAPH).write(folder.resolve("saved_model"));
        Files.write(saved.resolve("saved_model.pb"), new byte[] {8, 1});

        FilmModel model = imports.run(saved.resolve(path), "film");

        assertThat(values(model)).isEqualTo(TorchArchiveTest.values(tensors));
        assertThat(model.config().filters()).containsExactly(2, 4, 8, 16);
        assertThat(model.config().flowFilters()).containsExactly(2, 4, 4, 8);
        assertThat(model.config().levels()).isEqualTo(7);
    }

    @Test
    void thePublishedSizeIsImported() throws IOException {
        List<Tensor> tensors = FilmTensors.random(FilmTensors.shapes(64, FilmTensors.PUBLISHED_FLOW_FILTERS));

        FilmModel model = imports.run(archive(TorchArchiveWriter.records(tensors, "")), "film");

        assertThat(model.parameters()).isEqualTo(34_436_667);
        assertThat(model.config()).isEqualTo(FilmConfig.fromJson("""
                {"stem":1,"filters":[64,128,256,512],"levels":7,"fusion_levels":5,"specialized_levels":3,
                 "flow_convs":[3,3,3,3],"flow_filters":[32,64,128,256],"fusion_filters":[64,128,256,512],
                 "output":"rgb"}"""));
        for (Tensor tensor : tensors) {
            assertThat(model.weights().get(tensor.name()).data().mismatch(tensor.data()))
                    .as(tensor.name())
                    .isEqualTo(-1);
        }
    }

    @Test
    void aModuleTellsItsLevels() throws IOException {
        List<Tensor> tensors = FilmTensors.random(FilmTensors.shapes(2, List.of(2, 4, 4, 8)));
        SequencedMap<String, byte[]> records = TorchArchiveWriter.records(tensors, "");
        byte[] levels = new PickleWriter()
                .text("pyramid_levels")
                .whole(5)
                .op(PickleOpcode.SETITEMS)
                .stop();
        byte[] pickle = records.get("data.pkl");
        byte[] changed = Arrays.copyOf(pickle, pickle.length - 2 + levels.length);
        System.arraycopy(levels, 0, changed, pickle.length - 2, levels.length);
        records.put("data.pkl", changed);

        assertThat(imports.run(archive(records), "film").config().levels()).isEqualTo(5);
    }

    @Test
    void theModelSaysWhereItComesFrom() throws IOException {
        FilmModel model = imports.run(FIXTURES.resolve("film_fp32.pt"), "film");

        assertThat(model.metadata())
                .containsEntry("film.source", "TorchScript archive")
                .containsEntry("film.source.sha256", sha256(FIXTURES.resolve("film_fp32.pt")) + "  film_fp32.pt");
    }

    @Test
    void whatIsMissingUnknownOrOfAnotherShapeIsNamed() throws IOException {
        SequencedMap<String, List<Integer>> shapes = FilmTensors.shapes(2, List.of(2, 4, 4, 8));
        shapes.remove("fuse.convs.2.1.0.bias");
        shapes.put("fuse.output_conv.weight", List.of(4, 2, 1, 1));
        shapes.put("optimizer.step", List.of(1));
        Path file = archive(TorchArchiveWriter.records(FilmTensors.random(shapes), ""));

        assertRefused(file, "fuse.convs.2.1.0.bias is missing");
        assertRefused(file, "fuse.output_conv.weight is [4, 2, 1, 1] instead of [3, 2, 1, 1]");
        assertRefused(file, "optimizer.step is unknown");
    }

    @Test
    void weightsThatAreNoNumbersAreRefused() throws IOException {
        List<Tensor> tensors = new ArrayList<>(FilmTensors.random(FilmTensors.shapes(2, List.of(2, 4, 4, 8))));
        tensors.set(tensors.size() - 1, Tensor.of("fuse.output_conv.bias", List.of(3), 0, Float.NaN, 0));

        assertRefused(archive(TorchArchiveWriter.records(tensors, "")), "tensor fuse.output_conv.bias holds NaN at 1");
    }

    @Test
    void anExistingModelIsNotReplaced() {
        imports.run(GOLDEN, "film");

        assertThatThrownBy(() -> imports.run(FIXTURES.resolve("film_fp16.pt"), "film"))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("there is a model film already; remove it or take another name");
        assertThat(models.find("film").weights().values()).allMatch(tensor -> tensor.type() == Tensor.Type.F32);
    }

    @Test
    void theOldFormatIsRefusedWithAdvice() throws IOException {
        Path file = Files.write(folder.resolve("old.pt"), new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10});

        assertRefused(file, "is in PyTorch's format before version 1.6");
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        assertRefused(
                Files.writeString(folder.resolve("notes.txt"), "FILM"), "is no PyTorch archive (.pt), no SavedModel");
        assertRefused(Files.writeString(folder.resolve("empty.pt"), ""), "is no PyTorch archive");
        assertRefused(folder.resolve("nothing.pt"), "there is no file or folder");
        assertRefused(Files.createDirectory(folder.resolve("empty")), "has no file variables/variables.index");
    }

    @Test
    void namesOutOfAStrangersFileCannotBreakTheLine() throws IOException {
        SequencedMap<String, List<Integer>> shapes = FilmTensors.shapes(2, List.of(2, 4, 4, 8));
        shapes.put("\u001b[2J\r\nmidframe: all is well", List.of(1));
        Path file = archive(TorchArchiveWriter.records(FilmTensors.random(shapes), ""));

        assertRefused(file, "?[2J??midframe: all is well is unknown");
    }

    private Path archive(Map<String, byte[]> records) throws IOException {
        return TorchArchiveWriter.write(folder.resolve("weights.pt"), records);
    }

    /** One line, and nothing is written. */
    private void assertRefused(Path source, String reason) {
        assertThatThrownBy(() -> imports.run(source, "film"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(reason)
                .message()
                .hasLineCount(1);
        assertThat(models.folder()).satisfiesAnyOf(path -> assertThat(path).doesNotExist(), path -> assertThat(path)
                .isEmptyDirectory());
    }

    private static Map<String, List<Float>> values(FilmModel model) {
        return TorchArchiveTest.values(List.copyOf(model.weights().values()));
    }

    private static String sha256(Path file) throws IOException {
        try {
            byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return java.util.HexFormat.of().formatHex(digest);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
