package dev.midframe.film;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.interpolation.Colorimetry;
import dev.midframe.interpolation.FrameFormat;
import dev.midframe.interpolation.PixelFormat;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The blend output against what the training code computes: src/train/python/make_golden.py. */
class BlendGoldenTest {

    private static final Path GOLDEN = Path.of("src/test/resources/film-lite-golden");

    private final SequencedMap<String, Tensor> golden =
            Safetensors.map(GOLDEN.resolve("io.safetensors"), Arena.ofAuto()).tensors();

    @ParameterizedTest
    @CsvSource({"420, I420, 0.5", "420, I420, 0.25", "444, Y444, 0.5", "444, Y444, 0.25"})
    void givesThePictureOfTheTrainingCode(String chroma, PixelFormat format, String time) throws Exception {
        Map<String, ByteBuffer> result = run(chroma, format, time, Precision.FP32);
        assertThat(furthest(result.get("y"), chroma + "." + time + ".y")).isLessThan(1e-4);
        assertThat(furthest(result.get("c"), chroma + "." + time + ".c")).isLessThan(1e-4);
    }

    @Test
    void givesTheFlowsOfTheTrainingCode() throws Exception {
        Map<String, ByteBuffer> result = run("444", PixelFormat.Y444, "0.5", Precision.FP32);
        for (int level = 0; level < 3; level++) {
            assertThat(furthest(result.get("forward." + level), "444.forward." + level))
                    .isLessThan(1e-4);
            assertThat(furthest(result.get("backward." + level), "444.backward." + level))
                    .isLessThan(1e-4);
        }
    }

    @Test
    void staysNearTheTrainingCodeInHalfPrecision() throws Exception {
        Map<String, ByteBuffer> result = run("420", PixelFormat.I420, "0.5", Precision.FP16);
        assertThat(furthest(result.get("y"), "420.0.5.y")).isLessThan(0.03);
    }

    private Map<String, ByteBuffer> run(String chroma, PixelFormat pixels, String time, Precision precision)
            throws Exception {
        FilmModel model = FilmModel.open(GOLDEN.resolve("weights.safetensors"));
        FrameFormat format = new FrameFormat(pixels, 128, 64, Colorimetry.BT601_LIMITED);
        Map<String, ByteBuffer> inputs = new HashMap<>();
        for (String plane : new String[] {"first.y", "first.c", "second.y", "second.c"}) {
            inputs.put(plane, GraphRunner.bytes(golden.get(chroma + "." + plane)));
        }
        inputs.put("time", GraphRunner.bytes(Float.parseFloat(time)));
        return GraphRunner.run(new FilmGraphs(model, format, precision).build(FilmPart.CORE), inputs);
    }

    private double furthest(ByteBuffer found, String expected) {
        Tensor tensor = golden.get(expected);
        float[] values = GraphRunner.floats(found);
        assertThat(values).hasSize((int) tensor.elements());
        return IntStream.range(0, values.length)
                .mapToDouble(i -> Math.abs(values[i] - tensor.get(i)))
                .max()
                .orElseThrow();
    }
}
