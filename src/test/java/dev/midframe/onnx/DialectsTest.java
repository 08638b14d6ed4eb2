package dev.midframe.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnxruntime.OnnxTensor;
import dev.midframe.film.Dialect;
import dev.midframe.film.FilmGraphs;
import dev.midframe.film.FilmModel;
import dev.midframe.film.FilmModels;
import dev.midframe.film.FilmPart;
import dev.midframe.film.OnnxGraph.Port;
import dev.midframe.film.Precision;
import dev.midframe.interpolation.Colorimetry;
import dev.midframe.interpolation.FrameFormat;
import dev.midframe.interpolation.PixelFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The graph in blocks, with operators in Java, against the one of ONNX's own operators. */
class DialectsTest {

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
        Dialect blocked = Layout.dialect(OrtLibrary.environment());
        assumeThat(blocked).as("ONNX Runtime has no blocks on this processor").isNotEqualTo(Dialect.STANDARD);
        FrameFormat format = new FrameFormat(pixels, width, height, Colorimetry.BT601_LIMITED);
        int[] plain = frame(model(model), format, Dialect.STANDARD, reduction, time);
        int[] fast = frame(model(model), format, blocked, reduction, time);
        int furthest = 0;
        for (int sample = 0; sample < plain.length; sample++) {
            furthest = Math.max(furthest, Math.abs(plain[sample] - fast[sample]));
        }
        int codeValue = 1 << (pixels.bitDepth() - 8);
        assertThat(furthest).isLessThanOrEqualTo(2 * codeValue);
        assertThat(plain).as("the frame between is not one of the two").isNotEqualTo(samples(format, 0));
    }

    @Test
    void askForTheBlocksThatTheProbeShows() {
        Dialect dialect = Layout.dialect(OrtLibrary.environment());
        assertThat(dialect.block()).isIn(1, 4, 8, 16);
    }

    private static FilmModel model(String name) {
        return name.endsWith("golden")
                ? FilmModel.open(Path.of("src/test/resources", name, "weights.safetensors"))
                : new FilmModels(Path.of("none")).find(name);
    }

    private static int[] frame(FilmModel model, FrameFormat format, Dialect dialect, int reduction, float time) {
        FilmGraphs graphs = new FilmGraphs(model, format, Precision.FP32, dialect, reduction);
        try (OnnxParts parts = new OnnxParts(graphs, dialect, 1)) {
            return frame(parts.get(FilmPart.FEATURES), parts.get(FilmPart.PAIR), format, time);
        }
    }

    private static int[] frame(OnnxPart features, OnnxPart pair, FrameFormat format, float time) {
        try (TensorSet first = features(features, format, 0);
                TensorSet second = features(features, format, 5);
                TensorSet frame = new TensorSet(
                        pair, List.of(pair.outputs().getFirst(), pair.inputs().getLast()))) {
            frame.memory("time").set(ValueLayout.JAVA_FLOAT, 0, time);
            Map<String, OnnxTensor> inputs = new HashMap<>(first.bound("first.", pair.inputs()));
            inputs.putAll(second.bound("second.", pair.inputs()));
            inputs.putAll(frame.bound("", pair.inputs()));
            pair.run(inputs, frame.bound("", pair.outputs()));
            return samples(format, frame.memory("frame"));
        }
    }

    private static TensorSet features(OnnxPart part, FrameFormat format, int shift) {
        List<Port> ports = new ArrayList<>(part.inputs());
        ports.addAll(part.outputs());
        TensorSet tensors = new TensorSet(part, ports);
        tensors.memory("frame").copyFrom(MemorySegment.ofArray(picture(format, shift)));
        part.run(tensors.bound("", part.inputs()), tensors.bound("", part.outputs()));
        return tensors;
    }

    /** A texture that moves, but for the lower third of every plane. */
    private static byte[] picture(FrameFormat format, int shift) {
        byte[] bytes = new byte[(int) format.packedBytes()];
        int unit = format.pixelFormat().bytesPerSample();
        for (int sample = 0; sample < bytes.length / unit; sample++) {
            int x = sample % format.width();
            int y = sample / format.width();
            double moved = y % format.height() > format.height() * 2 / 3 ? x : x - shift;
            int code = (int) Math.round(128 + 50 * Math.sin(moved * 0.31) * Math.cos(y * 0.23) + 20 * Math.sin(moved));
            if (unit == 1) {
                bytes[sample] = (byte) code;
            } else {
                bytes[2 * sample] = (byte) (4 * code);
                bytes[2 * sample + 1] = (byte) (4 * code >> 8);
            }
        }
        return bytes;
    }

    private static int[] samples(FrameFormat format, int shift) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] picture = picture(format, shift);
            return samples(format, arena.allocate(picture.length).copyFrom(MemorySegment.ofArray(picture)));
        }
    }

    private static int[] samples(FrameFormat format, MemorySegment frame) {
        int unit = format.pixelFormat().bytesPerSample();
        int[] samples = new int[(int) format.packedBytes() / unit];
        for (int sample = 0; sample < samples.length; sample++) {
            int low = frame.get(ValueLayout.JAVA_BYTE, (long) sample * unit) & 0xff;
            int high = unit == 1 ? 0 : frame.get(ValueLayout.JAVA_BYTE, 2L * sample + 1) & 0xff;
            samples[sample] = high << 8 | low;
        }
        return samples;
    }
}
