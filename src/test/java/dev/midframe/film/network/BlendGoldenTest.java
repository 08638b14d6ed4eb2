package dev.midframe.film.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.film.graph.Precision;
import dev.midframe.film.graph.StandardLowering;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.weights.Safetensors;
import dev.midframe.film.weights.Tensor;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The blend output against what the training code computes: {@code midframe_train blend-golden}. */
class BlendGoldenTest {

    private static final Path FOLDER = Path.of("src/test/resources");

    /** Before the time: motion is found at half the size. */
    private static final String REDUCED = "reduced.";

    @ParameterizedTest
    @CsvSource({
        "film-lite, 420, I420, 0.5",
        "film-lite, 420, I420, 0.25",
        "film-lite, 420, I420, reduced.0.5",
        "film-lite, 420, I420, reduced.0.25",
        "film-lite, 444, Y444, reduced.0.5",
        "film-lite, 444, Y444, 0.5",
        "film-lite, 444, Y444, 0.25",
        "film-base, 420, I420, 0.5",
        "film-base, 420, I420, 0.25",
        "film-base, 444, Y444, 0.5"
    })
    void givesThePictureOfTheTrainingCode(String model, String chroma, PixelFormat format, String time)
            throws Exception {
        Map<String, Tensor> golden = golden(model);
        Map<String, ByteBuffer> result = run(model, chroma, format, time, Precision.FP32);
        assertThat(furthest(result.get("y"), golden.get(chroma + "." + time + ".y")))
                .isLessThan(1e-4);
        assertThat(furthest(result.get("c"), golden.get(chroma + "." + time + ".c")))
                .isLessThan(1e-4);
    }

    @ParameterizedTest
    @CsvSource({"film-lite, 3", "film-base, 5"})
    void givesTheFlowsOfTheTrainingCode(String model, int levels) throws Exception {
        Map<String, Tensor> golden = golden(model);
        Map<String, ByteBuffer> result = run(model, "444", PixelFormat.Y444, "0.5", Precision.FP32);
        for (int level = 0; level < levels; level++) {
            for (String direction : new String[] {"forward.", "backward."}) {
                assertThat(furthest(result.get(direction + level), golden.get("444." + direction + level)))
                        .isLessThan(1e-4);
            }
        }
    }

    @Test
    void staysNearTheTrainingCodeInHalfPrecision() throws Exception {
        Map<String, ByteBuffer> result = run("film-lite", "420", PixelFormat.I420, "0.5", Precision.FP16);
        assertThat(furthest(result.get("y"), golden("film-lite").get("420.0.5.y")))
                .isLessThan(0.03);
    }

    private static Map<String, Tensor> golden(String model) {
        return Safetensors.map(FOLDER.resolve(model + "-golden/io.safetensors"), Arena.ofAuto())
                .tensors();
    }

    private static Map<String, ByteBuffer> run(
            String model, String chroma, PixelFormat pixels, String time, Precision precision) throws Exception {
        Map<String, Tensor> golden = golden(model);
        FilmModel weights = FilmModel.open(FOLDER.resolve(model + "-golden/weights.safetensors"));
        int height = golden.get(chroma + ".first.y").shape().get(2);
        FrameFormat format = new FrameFormat(pixels, 128, height, Colorimetry.BT601_LIMITED);
        int reduction = time.startsWith(REDUCED) ? 2 : 1;
        Map<String, ByteBuffer> inputs = new HashMap<>();
        for (String plane : new String[] {"first.y", "first.c", "second.y", "second.c"}) {
            inputs.put(plane, GraphRunner.bytes(golden.get(chroma + "." + plane)));
        }
        inputs.put("time", GraphRunner.bytes(Float.parseFloat(time.replace(REDUCED, ""))));
        FilmGraphs graphs = new FilmGraphs(weights, format, StandardLowering.in(precision), reduction);
        return GraphRunner.run(graphs.build(FilmPart.CORE), inputs);
    }

    private static double furthest(ByteBuffer found, Tensor tensor) {
        float[] values = GraphRunner.floats(found);
        assertThat(values).hasSize((int) tensor.elements());
        return IntStream.range(0, values.length)
                .mapToDouble(i -> Math.abs(values[i] - tensor.get(i)))
                .max()
                .orElseThrow();
    }
}
