package dev.midframe.film.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.midframe.film.ModelException;
import dev.midframe.film.weights.Safetensors;
import dev.midframe.film.weights.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilmModelTest {

    private static final Path BLEND = Path.of("src/test/resources/film-lite-golden/weights.safetensors");
    private static final String LITE = """
            {"stem":4,"filters":[16,32,48],"levels":5,"fusion_levels":3,"specialized_levels":3,"flow_convs":[3,2,3,3],\
            "flow_filters":[16,32,32,48],"fusion_filters":[16,32],"finish_filters":16,"finish_features":20,\
            "output":"blend"}""";

    @TempDir
    Path folder;

    @Test
    void hasThePublishedNumberOfParameters() {
        assertThat(FilmModel.random("published", FilmConfig.PUBLISHED, 1).parameters())
                .isEqualTo(34_436_667);
    }

    @Test
    void countsThePublishedWork() {
        // 7.73 TFLOP a pair at 1920x1088 with the shared frame's features kept, and a quarter of it at half the width.
        assertThat(2e-12 * FilmConfig.PUBLISHED.work(1920, 1080)).isCloseTo(7.73, within(0.01));
        assertThat(FilmConfig.PUBLISHED.aligned(1080)).isEqualTo(1088);
    }

    @Test
    void readsBackItsOwnJson() {
        FilmConfig config = FilmConfig.fromJson(LITE);
        assertThat(FilmConfig.fromJson(config.toJson())).isEqualTo(config);
        assertThat(config.alignment()).isEqualTo(64);
        assertThat(config.featureChannels(4)).isEqualTo(96);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "stem":4 | "stem":3 | stem 3
                    "levels":5 | "levels":40 | levels 40
                    "levels":5 | "levels":2 | fusion_levels 3
                    "specialized_levels":3 | "specialized_levels":1 | flow_convs and flow_filters need 2
                    "filters":[16,32,48] | "filters":[] | filters is missing
                    "filters":[16,32,48] | "filters":[16,32,48,64,80] | leaves levels of different widths
                    "finish_filters":16 | "finish_filters":0 | finish_filters 0
                    "finish_features":20 | "finish_features":0 | finish_features 0
                    "output":"blend" | "output":"rgb" | stem 4
                    "output":"blend" | "output":"mean" | mean
                    "stem":4 | "stem":"four" | four
                    "stem":4 | "stem":4,"colour":1 | colour
                    "fusion_filters":[16,32] | "fusion_filters":[16] | fusion_filters
                    "flow_filters":[16,32,32,48] | "flow_filters":[16,32,32,-1] | flow_filters
                    """)
    void refusesAConfigurationThatIsNoNetwork(String part, String replacement, String reason) {
        assertThat(LITE).contains(part);
        assertThatThrownBy(() -> FilmConfig.fromJson(LITE.replace(part, replacement)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void namesATensorThatIsMissingUnknownOrOfAnotherShape() {
        refused(tensors -> tensors.remove("fuse.output_conv.bias"), "fuse.output_conv.bias is missing");
        refused(tensors -> put(tensors, Tensor.of("fuse.extra", List.of(1), 0)), "fuse.extra is unknown");
        refused(
                tensors -> put(tensors, Tensor.of("fuse.output_conv.bias", List.of(2), 0, 0)),
                "fuse.output_conv.bias is [2] instead of [36]");
        refused(
                tensors -> put(tensors, Tensor.of("finish.convs.0.0.bias", List.of(6), 0, 0, 0, Float.NaN, 0, 0)),
                "finish.convs.0.0.bias holds NaN at 3");
        refused(Map::clear, "and 55 more");
    }

    @Test
    void tellsModelsApartByTheirWeights() {
        FilmConfig config = FilmConfig.fromJson(LITE);
        String one = FilmModel.random("a", config, 1).sha256();
        assertThat(one).hasSize(64).isEqualTo(FilmModel.random("b", config, 1).sha256());
        assertThat(one).isNotEqualTo(FilmModel.random("a", config, 2).sha256());
    }

    @Test
    void findsTheUsersModelsByNameAndByPath() throws Exception {
        FilmModels models = new FilmModels(folder);
        Path file = Files.copy(BLEND, models.file("mine"));
        assertThat(models.names()).contains("mine");
        assertThat(models.find("mine").config())
                .isEqualTo(models.find(file.toString()).config());
        assertThat(models.isShipped("mine")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../mine", "none", "", "a/b", "-x"})
    void namesTheModelsThereAreWhenOneIsNotFound(String name) throws Exception {
        Files.copy(BLEND, folder.resolve("mine.safetensors"));
        assertThatThrownBy(() -> new FilmModels(folder).find(name))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("there is no model " + name)
                .hasMessageContaining("mine");
    }

    @Test
    void looksForTheUsersModelsWhereTheEnvironmentSays() {
        assertThat(FilmModels.ofUser(Map.of("MIDFRAME_MODELS", "/m")).folder()).isEqualTo(Path.of("/m"));
        assertThat(FilmModels.ofUser(Map.of("XDG_DATA_HOME", "/d")).folder()).isEqualTo(Path.of("/d/midframe/models"));
        assertThat((Object) FilmModels.ofUser(Map.of()).folder())
                .isEqualTo(Path.of(System.getProperty("user.home"), ".local/share/midframe/models"));
    }

    private static void refused(Consumer<Map<String, Tensor>> change, String reason) {
        FilmModel model = FilmModel.open(BLEND);
        LinkedHashMap<String, Tensor> tensors = new LinkedHashMap<>(model.weights());
        change.accept(tensors);
        Safetensors changed =
                new Safetensors(Map.of(FilmConfig.METADATA_KEY, model.config().toJson()), tensors);
        assertThatThrownBy(() -> FilmModel.of("changed", changed))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("the model changed cannot be used: ")
                .hasMessageContaining(reason);
    }

    private static void put(Map<String, Tensor> tensors, Tensor tensor) {
        tensors.put(tensor.name(), tensor);
    }
}
