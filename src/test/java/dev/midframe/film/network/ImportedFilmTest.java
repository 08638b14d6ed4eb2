package dev.midframe.film.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.film.graph.Precision;
import dev.midframe.film.importer.ModelImport;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.FilmModels;
import dev.midframe.film.weights.Safetensors;
import dev.midframe.film.weights.Tensor;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Imported weights give the pictures that PyTorch computes with them. */
class ImportedFilmTest {

    private static final Path RESOURCES = Path.of("src/test/resources");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "import/film_fp32.pt,                film-golden/io.safetensors,        t050, 0.5",
        "import/film_fp32.pt,                film-golden/io.safetensors,        t025, 0.25",
        "import/state_dict_views.pt,         film-golden/io.safetensors,        t050, 0.5",
        "import/saved_model,                 film-golden/io.safetensors,        t050, 0.5",
        "film-golden/weights.safetensors,    film-golden/io.safetensors,        t050, 0.5",
        "import/film_fp16.pt,                import/film_fp16_io.safetensors,   t050, 0.5",
        "import/state_dict_fp16.pt,          import/film_fp16_io.safetensors,   t050, 0.5"
    })
    void reproducesPyTorch(String source, String pictures, String prefix, float time) throws Exception {
        FilmModel model = new ModelImport(new FilmModels(folder)).run(RESOURCES.resolve(source), "film");
        Safetensors golden = Safetensors.map(RESOURCES.resolve(pictures), Arena.ofAuto());
        Tensor expected = golden.tensors().get(prefix + ".image");
        List<Integer> shape = expected.shape();
        FrameFormat format = new FrameFormat(PixelFormat.RGB, shape.get(3), shape.get(2), Colorimetry.BT601_LIMITED);

        Map<String, ByteBuffer> result = GraphRunner.run(
                new FilmGraphs(model, format, Precision.FP32).build(FilmPart.CORE),
                Map.of(
                        "first.image", GraphRunner.bytes(golden.tensors().get("x0")),
                        "second.image", GraphRunner.bytes(golden.tensors().get("x1")),
                        "time", GraphRunner.bytes(time)));

        float[] image = GraphRunner.floats(result.get("image"));
        double furthest = IntStream.range(0, image.length)
                .mapToDouble(index -> Math.abs(image[index] - expected.get(index)))
                .max()
                .orElseThrow();
        assertThat(furthest).isLessThan(1e-4);
    }
}
