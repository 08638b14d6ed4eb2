package dev.midframe.film.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtException;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.midframe.film.graph.OnnxGraph;
import dev.midframe.film.graph.Precision;
import dev.midframe.film.model.FilmModel;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts as engines without an operator of their own run them: ONNX's own operators only, in both precisions. */
class FilmPartsTest {

    private static final FrameFormat FORMAT = new FrameFormat(PixelFormat.NV12, 101, 53, Colorimetry.BT601_LIMITED);

    @ParameterizedTest
    @ValueSource(strings = {"film-lite-golden", "film-golden"})
    void givesTheSameFrameInOnePartAndInTwo(String golden) throws OrtException {
        FilmGraphs graphs = new FilmGraphs(model(golden), FORMAT, Precision.FP32);
        Map<String, ByteBuffer> features = features(graphs, FORMAT);
        byte[] whole = frame(graphs, FilmPart.PAIR, features);
        features.putAll(GraphRunner.run(graphs.build(FilmPart.FLOW), features));
        assertThat(furthest(frame(graphs, FilmPart.FUSION, features), whole)).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"film-lite-golden", "film-golden"})
    void staysNearInHalfPrecision(String golden) throws OrtException {
        assertThat(halfAgainstExact(model(golden), FORMAT, 0)).isGreaterThan(40);
    }

    /** Half precision has no odd numbers above 2048: sampling positions in it would miss by pixels here. */
    @ParameterizedTest
    @ValueSource(strings = {"film-lite-golden", "film-golden"})
    void staysNearInHalfPrecisionAtTheFarEndOfWidePictures(String golden) throws OrtException {
        FrameFormat wide = new FrameFormat(PixelFormat.NV12, 4096, 64, Colorimetry.BT601_LIMITED);

        assertThat(halfAgainstExact(model(golden), wide, 3584)).isGreaterThan(60);
    }

    /** PSNR of the columns from one on, in decibels. */
    private static double halfAgainstExact(FilmModel model, FrameFormat format, int firstColumn) throws OrtException {
        FilmGraphs exact = new FilmGraphs(model, format, Precision.FP32);
        FilmGraphs half = new FilmGraphs(model, format, Precision.FP16);
        byte[] expected = frame(exact, FilmPart.PAIR, features(exact, format));
        byte[] found = frame(half, FilmPart.PAIR, features(half, format));
        double squares = 0;
        int samples = 0;
        for (int index = 0; index < found.length; index++) {
            if (index % format.width() >= firstColumn) {
                squares += Math.pow((found[index] & 0xff) - (expected[index] & 0xff), 2);
                samples++;
            }
        }
        return 10 * Math.log10(255 * 255 / (squares / samples));
    }

    /** The published structure sees RGB: the same colours, however a frame stores them. */
    @ParameterizedTest
    @EnumSource(Colorimetry.Matrix.class)
    void theNetworkSeesTheSameColoursWhateverMatrixAndRangeAFrameHas(Colorimetry.Matrix matrix) throws OrtException {
        float[] expected = seen(Colorimetry.BT601_LIMITED, Colorimetry.BT601_LIMITED);
        double size = difference(expected, new float[expected.length]);
        for (Colorimetry.Range range : Colorimetry.Range.values()) {
            Colorimetry stored = new Colorimetry(range, matrix);

            assertThat(difference(seen(stored, stored), expected)).isLessThan(0.02 * size);
            // FCC's matrix is nearly that of BT.601.
            boolean farFromExpected = Math.abs(matrix.kr() - Colorimetry.Matrix.BT601.kr()) > 0.05;
            if (range == Colorimetry.Range.FULL || farFromExpected) {
                assertThat(difference(seen(stored, Colorimetry.BT601_LIMITED), expected))
                        .as("taken for something else")
                        .isGreaterThan(0.03 * size);
            }
        }
    }

    /** The first features of coloured waves, stored in one way and taken for another. */
    private static float[] seen(Colorimetry stored, Colorimetry taken) throws OrtException {
        FrameFormat format = new FrameFormat(PixelFormat.Y444, 64, 64, taken);
        OnnxGraph features = new FilmGraphs(model("film-golden"), format, Precision.FP32).build(FilmPart.FEATURES);
        boolean limited = stored.range() == Colorimetry.Range.LIMITED;
        double kr = stored.matrix().kr();
        double kb = stored.matrix().kb();
        ByteBuffer frame = ByteBuffer.allocate((int) format.packedBytes());
        int plane = 64 * 64;
        for (int index = 0; index < plane; index++) {
            double red = 0.5 + 0.3 * Math.sin(index % 64 / 5.0);
            double green = 0.5 + 0.3 * Math.cos(index / 64 / 6.0);
            double blue = 0.5 + 0.3 * Math.sin((index % 64 + index / 64) / 9.0);
            double luma = kr * red + (1 - kr - kb) * green + kb * blue;
            frame.put(index, (byte) Math.round(limited ? 16 + 219 * luma : 255 * luma));
            double cb = (blue - luma) / (2 * (1 - kb));
            double cr = (red - luma) / (2 * (1 - kr));
            frame.put(plane + index, (byte) Math.round(128 + (limited ? 224 : 255) * cb));
            frame.put(2 * plane + index, (byte) Math.round(128 + (limited ? 224 : 255) * cr));
        }
        return GraphRunner.floats(
                GraphRunner.run(features, Map.of("frame", frame)).get("features.0"));
    }

    private static double difference(float[] one, float[] other) {
        double sum = 0;
        for (int index = 0; index < one.length; index++) {
            sum += Math.abs(one[index] - other[index]);
        }
        return sum / one.length;
    }

    @Test
    void keepsTheModelSmallAtLargeSizes() {
        FilmModel model = model("film-lite-golden");
        FrameFormat large = new FrameFormat(PixelFormat.I420, 3840, 2160, Colorimetry.BT601_LIMITED);
        for (FilmPart part : FilmPart.values()) {
            assertThat(new FilmGraphs(model, large, Precision.FP32).build(part).model())
                    .hasSizeLessThan(1 << 20);
        }
    }

    /** TensorRT's parser knows these two names, and takes every other one for nearest-neighbour sampling without a word. */
    @ParameterizedTest
    @ValueSource(strings = {"film-lite-golden", "film-golden"})
    void samplesInModesThatTensorRtKnowsByName(String golden) throws InvalidProtocolBufferException {
        FilmGraphs graphs = new FilmGraphs(model(golden), FORMAT, Precision.FP16);
        for (FilmPart part : List.of(FilmPart.FLOW, FilmPart.FUSION, FilmPart.PAIR)) {
            ModelProto written = ModelProto.parseFrom(graphs.build(part).model());

            assertThat(written.getOpsetImport(0).getVersion())
                    .as("from opset 20 on the names are others")
                    .isBetween(16L, 19L);
            assertThat(written.getGraph().getNodeList().stream()
                            .filter(node -> node.getOpType().equals("GridSample"))
                            .flatMap(node -> node.getAttributeList().stream())
                            .filter(attribute -> attribute.getName().equals("mode"))
                            .map(attribute -> attribute.getS().toStringUtf8()))
                    .isNotEmpty()
                    .isSubsetOf("bilinear", "bicubic")
                    .hasSize(samplings(written));
        }
    }

    private static int samplings(ModelProto model) {
        return (int) model.getGraph().getNodeList().stream()
                .filter(node -> node.getOpType().equals("GridSample"))
                .count();
    }

    private static FilmModel model(String golden) {
        return FilmModel.open(Path.of("src/test/resources", golden, "weights.safetensors"));
    }

    private static Map<String, ByteBuffer> features(FilmGraphs graphs, FrameFormat format) throws OrtException {
        OnnxGraph part = graphs.build(FilmPart.FEATURES);
        Map<String, ByteBuffer> features = new HashMap<>(Map.of("time", GraphRunner.bytes(0.5f)));
        GraphRunner.run(part, Map.of("frame", picture(format, 0)))
                .forEach((name, data) -> features.put("first." + name, data));
        GraphRunner.run(part, Map.of("frame", picture(format, 3)))
                .forEach((name, data) -> features.put("second." + name, data));
        return features;
    }

    private static byte[] frame(FilmGraphs graphs, FilmPart part, Map<String, ByteBuffer> inputs) throws OrtException {
        return GraphRunner.run(graphs.build(part), inputs).get("frame").array();
    }

    private static ByteBuffer picture(FrameFormat format, int shift) {
        ByteBuffer picture = ByteBuffer.allocate((int) format.packedBytes());
        for (int index = 0; index < picture.capacity(); index++) {
            int x = index % format.width() - shift;
            int y = index / format.width();
            picture.put(index, (byte) Math.round(128 + 70 * Math.sin(x / 6.0) * Math.cos(y / 5.0)));
        }
        return picture;
    }

    private static int furthest(byte[] a, byte[] b) {
        int furthest = 0;
        for (int index = 0; index < a.length; index++) {
            furthest = Math.max(furthest, Math.abs((a[index] & 0xff) - (b[index] & 0xff)));
        }
        return furthest;
    }
}
