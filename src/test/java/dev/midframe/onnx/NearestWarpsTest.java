package dev.midframe.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.midframe.engine.check.FrameComparison;
import dev.midframe.engine.check.TexturedFrames;
import dev.midframe.film.graph.OnnxGraph;
import dev.midframe.film.graph.Precision;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.FilmModels;
import dev.midframe.film.network.FilmGraphs;
import dev.midframe.film.network.FilmPart;
import dev.midframe.onnx.lowering.CpuLowering;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A parser that takes a GridSample's mode for nearest makes another network: the check of engines has to see that. */
class NearestWarpsTest {

    private static final FrameFormat FORMAT = new FrameFormat(PixelFormat.I420, 192, 128, Colorimetry.BT601_LIMITED);

    @Test
    void theTexturedFramesTellNearestWarpsFromTheNetworksOwn() {
        try (TexturedFrames frames = new TexturedFrames(FORMAT);
                Arena arena = Arena.ofConfined()) {
            VideoFrame right = middle(frames, UnaryOperator.identity(), arena);
            VideoFrame nearest = middle(frames, NearestWarpsTest::sampledAtTheNearest, arena);

            assertThat(FrameComparison.between(right, right).closeEnough(Precision.FP32))
                    .isTrue();
            assertThat(FrameComparison.between(right, nearest).closeEnough(Precision.FP16))
                    .isFalse();
        }
    }

    private static VideoFrame middle(TexturedFrames frames, UnaryOperator<OnnxGraph> change, Arena arena) {
        FilmModel model = new FilmModels(Path.of("none")).find("film-base");
        FilmGraphs graphs = new FilmGraphs(model, FORMAT, CpuLowering.STANDARD.factory(), 1);
        try (OnnxPart features = part(graphs, FilmPart.FEATURES, change);
                OnnxPart pair = part(graphs, FilmPart.PAIR, change)) {
            VideoFrame target = VideoFrame.allocate(FORMAT, arena);
            GraphRun.frame(
                    features, pair, frames.frames().get(0), frames.frames().get(1), 0.5f, target);
            return target;
        }
    }

    private static OnnxPart part(FilmGraphs graphs, FilmPart part, UnaryOperator<OnnxGraph> change) {
        return new OnnxPart(change.apply(graphs.build(part)), null, 1);
    }

    private static OnnxGraph sampledAtTheNearest(OnnxGraph graph) {
        try {
            ModelProto.Builder model = ModelProto.parseFrom(graph.model()).toBuilder();
            model.getGraphBuilder().getNodeBuilderList().stream()
                    .filter(node -> node.getOpType().equals("GridSample"))
                    .forEach(NearestWarpsTest::setNearest);
            return new OnnxGraph(
                    graph.name(), model.build().toByteArray(), graph.inputs(), graph.outputs(), graph.largestTensor());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static void setNearest(NodeProto.Builder node) {
        AttributeProto.Builder mode = node.getAttributeBuilderList().stream()
                .filter(attribute -> attribute.getName().equals("mode"))
                .findAny()
                .orElseThrow();
        mode.setS(ByteString.copyFromUtf8("nearest"));
    }
}
