package dev.midframe.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.midframe.ffi.Memory;
import dev.midframe.ffi.tensorrt.FakeObject;
import dev.midframe.ffi.tensorrt.NetworkRecorder;
import dev.midframe.ffi.tensorrt.SlotTable;
import dev.midframe.ffi.tensorrt.VirtualMethod;
import dev.midframe.ffi.tensorrt.generated.ILogger_getAPILanguage;
import dev.midframe.ffi.tensorrt.generated.ILogger_getInterfaceInfo;
import dev.midframe.ffi.tensorrt.generated.ILogger_log;
import dev.midframe.ffi.tensorrt.generated.IParser_parse;
import dev.midframe.ffi.tensorrt.generated.IParser_supportsOperator;
import dev.midframe.ffi.tensorrt.generated.IPluginRegistry_getAllCreators;
import dev.midframe.ffi.tensorrt.generated.InterfaceInfo;
import dev.midframe.ffi.tensorrt.generated.createNvOnnxParser_INTERNAL;
import dev.midframe.ffi.tensorrt.generated.getPluginRegistry;
import dev.midframe.ffi.tensorrt.generated.initLibNvInferPlugins;
import dev.midframe.film.graph.OnnxGraph;
import dev.midframe.film.graph.Precision;
import dev.midframe.film.graph.StandardLowering;
import dev.midframe.film.model.FilmConfig;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.FilmModels;
import dev.midframe.film.network.FilmGraphs;
import dev.midframe.film.network.FilmPart;
import dev.midframe.film.network.FilmPieces;
import dev.midframe.tensorrt.run.ThreeEngines;
import dev.midframe.tensorrt.run.WarpingKernels;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The binding against NVIDIA's own libraries, as far as that goes without a GPU. They are looked up as the program does it:
 * {@code ./midframe tensorrt install}, or MIDFRAME_TENSORRT.
 */
@Tag("tensorrt")
class RealTensorRtTest {

    private static final Path GOLDEN = Path.of("src/test/resources/film-golden/weights.safetensors");

    private static final FrameFormat LARGE = new FrameFormat(PixelFormat.I420, 1920, 1080, Colorimetry.BT601_LIMITED);

    /** 0 is nearest, 1 bilinear, 2 bicubic (InterpolationMode). */
    private static final String INTERPOLATION = "setInterpolationMode";

    private static TensorRtLibraries libraries;

    @BeforeAll
    static void load() {
        libraries = TensorRtLibraries.load(System.getenv());
    }

    @Test
    void theVersionIsOneWhoseSlotsAreKnown() {
        assertThat(libraries.major()).isIn(TensorRtLibraries.MAJORS);
    }

    @Test
    void whatIsLoadedAlreadyIsFoundAgainInItsFolder() {
        TensorRtLibraries again = TensorRtLibraries.load(System.getenv());

        assertThat(again.folder()).isNotNull().isEqualTo(libraries.folder());
        assertThatCode(() -> again.sibling("libnvinfer_plugin")).doesNotThrowAnyException();
    }

    @Test
    void theRegistryListsItsCreatorsThroughTheVtable() {
        assumeThat(libraries.versionText()).startsWith("11.2");
        MemorySegment registry = getPluginRegistry.invoke(libraries.symbols().findOrThrow("getPluginRegistry"));
        VirtualMethod creators = slots().method(IPluginRegistry_getAllCreators.class, registry, Arena.global());
        MemorySegment initialize = initializePlugins();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
            IPluginRegistry_getAllCreators.invoke(creators.address(), creators.self(), count);
            int before = count.get(ValueLayout.JAVA_INT, 0);
            assertThat(before)
                    .as("7 of libnvinfer and 27 that loading libnvinfer_plugin adds")
                    .isGreaterThanOrEqualTo(34);

            TensorRtLog log = new TensorRtLog(slots());
            MemorySegment names = arena.allocateFrom("of this test alone");
            assertThat(initLibNvInferPlugins.invoke(initialize, log.address(), names))
                    .isTrue();

            IPluginRegistry_getAllCreators.invoke(creators.address(), creators.self(), count);
            assertThat(count.get(ValueLayout.JAVA_INT, 0) - before)
                    .as("those that libnvinfer_plugin adds when asked to")
                    .isEqualTo(36);
        }
    }

    @Test
    void theLogTakesWhatTensorRtSays() {
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        List<String> messages = Collections.synchronizedList(new ArrayList<>());
        MemorySegment logger = new FakeObject(slots(), "ILogger", failures)
                .with(ILogger_getAPILanguage.Function.class, self -> 0)
                .with(ILogger_getInterfaceInfo.Function.class, self -> InterfaceInfo.allocate(Arena.ofAuto()))
                .with(ILogger_log.Function.class, (self, severity, message) -> messages.add(Memory.text(message)))
                .address();

        MemorySegment names = Arena.global().allocateFrom("midframe");
        assertThat(initLibNvInferPlugins.invoke(initializePlugins(), logger, names))
                .isTrue();

        assertThat(failures).isEmpty();
        assertThat(messages).anyMatch(message -> message.contains("plugin"));
    }

    @Test
    void theParserKnowsTheOperatorsOfFilm() {
        MemorySegment parser = parser(new NetworkRecorder(libraries.major()), new TensorRtLog(slots()));

        assertThat(supports(parser, "Conv")).isTrue();
        assertThat(supports(parser, "GridSample")).isTrue();
        assertThat(supports(parser, "NoSuchOperator")).isFalse();
    }

    private static boolean supports(MemorySegment parser, String operator) {
        VirtualMethod supports = slots().method(IParser_supportsOperator.class, parser, Arena.global());
        try (Arena arena = Arena.ofConfined()) {
            return IParser_supportsOperator.invoke(supports.address(), supports.self(), arena.allocateFrom(operator));
        }
    }

    @ParameterizedTest
    @CsvSource({"bilinear, 1", "bicubic, 2"})
    void theParserTakesEitherWayOfSampling(String mode, long interpolation) {
        NetworkRecorder network = new NetworkRecorder(libraries.major());
        TensorRtLog log = new TensorRtLog(slots());

        boolean parsed = parse(parser(network, log), sampling(mode));

        assertThat(network.failures()).as(String.join("; ", log.takeErrors())).isEmpty();
        assertThat(parsed).as(String.join("; ", log.takeErrors())).isTrue();
        assertThat(network.settings("GridSample", INTERPOLATION)).containsExactly(interpolation);
        assertThat(network.outputs().getFirst().dims()).hasToString("1x2x6x8");
    }

    private static byte[] sampling(String mode) {
        GraphProto graph = GraphProto.newBuilder()
                .setName("SAMPLING")
                .addInput(floats("picture", 1, 2, 6, 8))
                .addInput(floats("grid", 1, 6, 8, 2))
                .addOutput(floats("sampled", 1, 2, 6, 8))
                .addNode(NodeProto.newBuilder()
                        .setOpType("GridSample")
                        .addInput("picture")
                        .addInput("grid")
                        .addOutput("sampled")
                        .addAttribute(text("mode", mode))
                        .addAttribute(text("padding_mode", "border")))
                .build();
        return ModelProto.newBuilder()
                .setIrVersion(9)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(19))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    private static ValueInfoProto floats(String name, int... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (int side : shape) {
            dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(side));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(dimensions)))
                .build();
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @MethodSource("graphs")
    void theParserTakesEveryPartOfEveryModel(String model, FrameFormat format, Precision precision, FilmPart part) {
        take(new FilmGraphs(model(model), format, precision).build(part));
    }

    @ParameterizedTest
    @EnumSource(
            value = FilmPart.class,
            names = {"FEATURES", "FLOW", "FUSION"})
    void theParserTakesGraphsThatFindMotionAtHalfTheSize(FilmPart part) {
        for (String model : models().names()) {
            take(new FilmGraphs(model(model), LARGE, StandardLowering.in(Precision.FP16), 2).build(part));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FilmPart.class,
            names = {"FEATURES", "FLOW", "FUSION"})
    void theParserTakesTheNetworkOfThePublishedSize(FilmPart part) {
        FilmModel published = FilmModel.random("published", FilmConfig.PUBLISHED, 1);

        take(new FilmGraphs(published, LARGE, Precision.FP16).build(part));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void theParserTakesEveryPieceBetweenTheKernels(Precision precision) {
        for (String model : List.of("film-lite", "film-base", GOLDEN.toString())) {
            FilmPieces pieces = new FilmPieces(model(model), LARGE, StandardLowering.in(precision), 1);
            new WarpingKernels(pieces, precision).graphs().forEach(RealTensorRtTest::take);
        }
    }

    private static void take(OnnxGraph graph) {
        NetworkRecorder network = new NetworkRecorder(libraries.major());
        TensorRtLog log = new TensorRtLog(slots());

        boolean parsed = parse(parser(network, log), graph.model());

        assertThat(network.failures()).as(String.join("; ", log.takeErrors())).isEmpty();
        assertThat(parsed).as(String.join("; ", log.takeErrors())).isTrue();
        assertThat(network.inputs().stream().map(tensor -> tensor.name() + " " + tensor.dims()))
                .containsExactlyInAnyOrderElementsOf(describe(graph.inputs()));
        assertThat(network.outputs().stream().map(tensor -> tensor.name() + " " + tensor.dims()))
                .containsExactlyInAnyOrderElementsOf(describe(graph.outputs()));
        assertThat(network.layers()).containsKey("Convolution");
        assertThat(network.settings("GridSample", INTERPOLATION))
                .as("bilinear or bicubic, never nearest (0)")
                .allMatch(mode -> mode == 1 || mode == 2);
    }

    static Stream<Object[]> graphs() {
        List<Object[]> graphs = new ArrayList<>();
        for (String model : models().names()) {
            addGraphs(graphs, model);
        }
        addGraphs(graphs, GOLDEN.toString());
        return graphs.stream();
    }

    private static void addGraphs(List<Object[]> graphs, String model) {
        for (PixelFormat pixels : List.of(PixelFormat.I420, PixelFormat.NV12, PixelFormat.P010_10LE, PixelFormat.RGB)) {
            FrameFormat format = new FrameFormat(pixels, 427, 241, Colorimetry.BT601_LIMITED);
            for (FilmPart part : ThreeEngines.PARTS) {
                graphs.add(new Object[] {model, format, Precision.FP16, part});
            }
        }
        for (FilmPart part : ThreeEngines.PARTS) {
            graphs.add(new Object[] {model, LARGE, Precision.FP32, part});
        }
    }

    private static FilmModel model(String name) {
        return models().find(name);
    }

    private static FilmModels models() {
        return new FilmModels(Path.of("no-models-of-a-user"));
    }

    private static List<String> describe(List<OnnxGraph.Port> ports) {
        return ports.stream()
                .map(port -> port.name() + " "
                        + String.join(
                                "x", port.shape().stream().map(String::valueOf).toList()))
                .toList();
    }

    private static boolean parse(MemorySegment parser, byte[] model) {
        VirtualMethod parse = slots().method(IParser_parse.class, parser, Arena.global());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(model.length, 16).copyFrom(MemorySegment.ofArray(model));
            return IParser_parse.invoke(parse.address(), parse.self(), bytes, model.length, MemorySegment.NULL);
        }
    }

    private static MemorySegment parser(NetworkRecorder network, TensorRtLog log) {
        return createNvOnnxParser_INTERNAL.invoke(
                libraries.parser().createNvOnnxParser_INTERNAL(),
                network.address(),
                log.address(),
                libraries.version());
    }

    private static SlotTable slots() {
        return new SlotTable(libraries.major());
    }

    private static MemorySegment initializePlugins() {
        return libraries.sibling("libnvinfer_plugin").findOrThrow("initLibNvInferPlugins");
    }
}
