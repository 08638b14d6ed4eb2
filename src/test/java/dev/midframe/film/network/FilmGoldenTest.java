package dev.midframe.film.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.film.graph.OnnxGraph;
import dev.midframe.film.graph.Precision;
import dev.midframe.film.model.FilmConfig;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.weights.Safetensors;
import dev.midframe.film.weights.Tensor;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published form against what FILM's PyTorch port computes: src/test/resources/film-golden. */
class FilmGoldenTest {

    private static final Path GOLDEN = Path.of("src/test/resources/film-golden");
    private static final FrameFormat FORMAT = new FrameFormat(PixelFormat.RGB, 192, 128, Colorimetry.BT601_LIMITED);

    @ParameterizedTest
    @CsvSource({"t050, 0.5", "t025, 0.25"})
    void givesTheImageOfThePyTorchPort(String prefix, float time) throws Exception {
        Safetensors golden = Safetensors.map(GOLDEN.resolve("io.safetensors"), Arena.ofAuto());
        Map<String, ByteBuffer> result = run(golden, time);
        assertThat(furthest(result.get("image"), golden.tensors().get(prefix + ".image")))
                .isLessThan(1e-4);
    }

    @Test
    void givesTheFlowsOfThePyTorchPort() throws Exception {
        Safetensors golden = Safetensors.map(GOLDEN.resolve("io.safetensors"), Arena.ofAuto());
        Map<String, ByteBuffer> result = run(golden, 0.5f);
        for (String direction : new String[] {"forward", "backward"}) {
            for (int level = 0; level < 5; level++) {
                Tensor expected = golden.tensors().get("t050." + direction + "_flow_pyramid." + level);
                assertThat(furthest(result.get(direction + "." + level), expected))
                        .as(direction + " " + level)
                        .isLessThan(1e-3);
            }
        }
    }

    @Test
    void readsTheConfigurationOffTheShapes() {
        FilmModel model = FilmModel.open(GOLDEN.resolve("weights.safetensors"));
        assertThat(model.config()).isEqualTo(FilmConfig.fromJson("""
                                {"stem":1,"filters":[4,8,16,32],"levels":7,"fusion_levels":5,"specialized_levels":3,
                                 "flow_convs":[3,3,3,3],"flow_filters":[4,8,8,16],"fusion_filters":[4,8,16,32],
                                 "output":"rgb"}"""));
    }

    private static Map<String, ByteBuffer> run(Safetensors golden, float time) throws Exception {
        FilmModel model = FilmModel.open(GOLDEN.resolve("weights.safetensors"));
        OnnxGraph graph = new FilmGraphs(model, FORMAT, Precision.FP32).build(FilmPart.CORE);
        return GraphRunner.run(
                graph,
                Map.of(
                        "first.image", GraphRunner.bytes(golden.tensors().get("x0")),
                        "second.image", GraphRunner.bytes(golden.tensors().get("x1")),
                        "time", GraphRunner.bytes(time)));
    }

    private static double furthest(ByteBuffer found, Tensor expected) {
        float[] values = GraphRunner.floats(found);
        assertThat(values).hasSize((int) expected.elements());
        return IntStream.range(0, values.length)
                .mapToDouble(i -> Math.abs(values[i] - expected.get(i)))
                .max()
                .orElseThrow();
    }
}
