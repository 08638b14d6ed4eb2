package dev.midframe.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.midframe.film.ModelException;
import dev.midframe.film.graph.OnnxGraph.Port;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.FilmModels;
import dev.midframe.film.network.FilmGraphs;
import dev.midframe.film.network.FilmPart;
import dev.midframe.onnx.lowering.ActivationRanges;
import dev.midframe.onnx.lowering.CpuLowering;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lowering in blocks, with custom operators, against the standard one, and the one in int8 against it. */
class LoweringsTest {

    @ParameterizedTest
    @CsvSource({
        "film-lite, I420, 320, 180, 1, 0.5",
        "film-lite, I420, 320, 180, 1, 0.2",
        "film-lite, NV12, 427, 240, 1, 0.5",
        "film-lite, I420_10LE, 320, 180, 2, 0.5",
        "film-lite, Y42B, 320, 180, 2, 0.7",
        "film-lite, Y444, 320, 180, 2, 0.5",
        "film-lite, RGB, 320, 180, 1, 0.5",
        "film-lite-golden, I420, 128, 128, 1, 0.5",
        "film-base-golden, I420, 128, 64, 1, 0.5",
        "film-golden, I420, 192, 128, 1, 0.5",
        "film-golden, Y444, 192, 128, 1, 0.25"
    })
    void giveTheSameFrameWithinTwoCodeValues(
            String model, PixelFormat pixels, int width, int height, int reduction, float time) {
        CpuLowering nchwc = blocked();
        FrameFormat format = new FrameFormat(pixels, width, height, Colorimetry.BT601_LIMITED);
        byte[] one = picture(format, 0);
        byte[] two = picture(format, 5);
        int[] plain = frame(model(model), format, CpuLowering.STANDARD, reduction, time, one, two);
        int[] fast = frame(model(model), format, nchwc, reduction, time, one, two);
        int furthest = 0;
        for (int sample = 0; sample < plain.length; sample++) {
            furthest = Math.max(furthest, Math.abs(plain[sample] - fast[sample]));
        }
        int codeValue = 1 << (pixels.bitDepth() - 8);
        assertThat(furthest).isLessThanOrEqualTo(2 * codeValue);
        assertThat(plain).as("the frame between is not one of the two").isNotEqualTo(samples(format, one));
    }

    @ParameterizedTest
    @CsvSource({
        "film-lite, I420, 320, 180, 1, 0.5",
        "film-lite, NV12, 427, 240, 1, 0.2",
        "film-lite, I420_10LE, 320, 180, 2, 0.5",
        "film-lite, Y444, 320, 180, 1, 0.7",
        "film-base, I420, 320, 180, 1, 0.5"
    })
    void giveAlmostTheSameFrameInInt8(
            String model, PixelFormat pixels, int width, int height, int reduction, float time) {
        assumeThat(Processor.ofMachine().fastInt8())
                .as("skipped: this processor has no VNNI")
                .isTrue();
        CpuLowering nchwc = blocked();
        CpuLowering int8 = CpuLowering.int8(
                nchwc.block(), ActivationRanges.of(model(model)).orElseThrow());
        FrameFormat format = new FrameFormat(pixels, width, height, Colorimetry.BT601_LIMITED);
        byte[] one = waves(format, 0);
        byte[] two = waves(format, 5);
        int[] exact = frame(model(model), format, nchwc, reduction, time, one, two);
        int[] rounded = frame(model(model), format, int8, reduction, time, one, two);
        double squares = 0;
        for (int sample = 0; sample < exact.length; sample++) {
            squares += Math.pow(exact[sample] - rounded[sample], 2);
        }
        double codeValue = 1 << (pixels.bitDepth() - 8);
        assertThat(Math.sqrt(squares / exact.length)).isLessThan(codeValue / 2);
        assertThat(rounded).as("int8 is used").isNotEqualTo(exact);
    }

    @Test
    void int8NeedsActivationRangesInTheModelsFile() {
        assertThat(ActivationRanges.of(TestFrames.BLEND)).isEmpty();
        assertThat(ActivationRanges.of(model("film-lite"))).isPresent();
    }

    @Test
    void floatsAreUsedWhereInt8IsTurnedOff() {
        CpuLowering chosen = Lowerings.fastest(model("film-lite"), Map.of("MIDFRAME_CPU_INT8", "off"));
        assertThat(chosen.block()).isEqualTo(Lowerings.floats().block());
        assertThat(features(chosen)).isEqualTo(features(Lowerings.floats()));
    }

    private static List<Port> features(CpuLowering lowering) {
        FrameFormat format = new FrameFormat(PixelFormat.I420, 64, 64, Colorimetry.BT601_LIMITED);
        return new FilmGraphs(model("film-lite"), format, lowering.factory(), 1)
                .build(FilmPart.FEATURES)
                .outputs();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no JSON                                          | is no JSON object of lists",
                "{}                                               | has no range around 0 for extract.extract_sublevels.convs.0.0.0",
                "{\"extract.extract_sublevels.convs.0.0.0\":[1,2]}  | has no range around 0 for extract.extract_sublevels.convs.0.0.0",
            })
    void unusableActivationRangesAreRefused(String ranges, String reason) {
        FilmModel lite = model("film-lite");
        Map<String, String> metadata = Map.of("film.ranges", ranges);
        FilmModel broken = new FilmModel("broken", lite.config(), lite.weights(), metadata);
        assertThatThrownBy(() -> ActivationRanges.of(broken))
                .isInstanceOf(ModelException.class)
                .hasMessage("the model broken cannot be used: film.ranges " + reason);
    }

    @Test
    void theBlockIsOneThatProcessorsHave() {
        assertThat(Lowerings.floats().block()).isIn(1, 4, 8, 16);
    }

    private static CpuLowering blocked() {
        CpuLowering floats = Lowerings.floats();
        assumeThat(floats.usesCustomOperators())
                .as("ONNX Runtime has blocks on this processor")
                .isTrue();
        return floats;
    }

    private static FilmModel model(String name) {
        return name.endsWith("golden")
                ? FilmModel.open(Path.of("src/test/resources", name, "weights.safetensors"))
                : new FilmModels(Path.of("none")).find(name);
    }

    private static int[] frame(
            FilmModel model,
            FrameFormat format,
            CpuLowering lowering,
            int reduction,
            float time,
            byte[] one,
            byte[] two) {
        FilmGraphs graphs = new FilmGraphs(model, format, lowering.factory(), reduction);
        try (OnnxParts parts = new OnnxParts(graphs, lowering, 1)) {
            return samples(
                    format, GraphRun.frame(parts.get(FilmPart.FEATURES), parts.get(FilmPart.PAIR), one, two, time));
        }
    }

    /** A texture that moves, but for the lower third of every plane. */
    private static byte[] picture(FrameFormat format, int shift) {
        return picture(format, (x, y) -> {
            double moved = y % format.height() > format.height() * 2 / 3 ? x : x - shift;
            return 128 + 50 * Math.sin(moved * 0.31) * Math.cos(y * 0.23) + 20 * Math.sin(moved);
        });
    }

    /** Waves of all lengths and directions, long ones higher, which move: as little like itself elsewhere as real pictures. */
    private static byte[] waves(FrameFormat format, int shift) {
        Random random = new Random(1);
        double[][] waves = new double[40][];
        for (int wave = 0; wave < waves.length; wave++) {
            double length = Math.exp(random.nextDouble(Math.log(8), Math.log(200)));
            double direction = random.nextDouble(2 * Math.PI);
            waves[wave] = new double[] {
                Math.cos(direction) * 2 * Math.PI / length,
                Math.sin(direction) * 2 * Math.PI / length,
                random.nextDouble(2 * Math.PI),
                length / 20
            };
        }
        return picture(format, (x, y) -> {
            double code = 128;
            for (double[] wave : waves) {
                code += wave[3] * Math.sin((x - shift) * wave[0] + y * wave[1] + wave[2]);
            }
            return Math.clamp(code, 16, 235);
        });
    }

    private static byte[] picture(FrameFormat format, DoubleBinaryOperator codes) {
        byte[] bytes = new byte[(int) format.packedBytes()];
        int unit = format.pixelFormat().bytesPerSample();
        for (int sample = 0; sample < bytes.length / unit; sample++) {
            int x = sample % format.width();
            int y = sample / format.width();
            int code = (int) Math.round(codes.applyAsDouble(x, y));
            if (unit == 1) {
                bytes[sample] = (byte) code;
            } else {
                bytes[2 * sample] = (byte) (4 * code);
                bytes[2 * sample + 1] = (byte) (4 * code >> 8);
            }
        }
        return bytes;
    }

    private static int[] samples(FrameFormat format, byte[] frame) {
        int unit = format.pixelFormat().bytesPerSample();
        int[] samples = new int[(int) format.packedBytes() / unit];
        for (int sample = 0; sample < samples.length; sample++) {
            int low = frame[sample * unit] & 0xff;
            int high = unit == 1 ? 0 : frame[2 * sample + 1] & 0xff;
            samples[sample] = high << 8 | low;
        }
        return samples;
    }
}
