package dev.midframe.onnx.lowering;

import dev.midframe.film.graph.BlendInput;
import dev.midframe.film.graph.GraphBuilder;
import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.film.graph.Picture;
import dev.midframe.film.graph.Value;
import dev.midframe.film.model.Channels;
import dev.midframe.film.model.Kernel;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The custom operators around the blend head's layers. */
record BlendHeadNodes(GraphBuilder graph, BlendInput input) {

    /**
     * What {@link CustomOp#BLEND_HEAD_INPUT} gives.
     *
     * @param seen by the blend head's layers
     */
    record Warped(Value seen, Value chroma, Value luma, Value moving) {}

    /** The decoder's last layer with the channels of a position together, and its features before its flow corrections. */
    Kernel decoderOutput() {
        int[] order = featuresFirst(Channels.FLOWS, input.layers().phases());
        return input.layers().decoderOutput().withOutputs(order);
    }

    /** The blend head's first layer where it sees features before pictures. */
    Kernel firstLayer() {
        return input.layers().convolutions().getFirst().withInputs(featuresFirst(Channels.PICTURES, 1));
    }

    private int[] featuresFirst(int others, int phases) {
        int channels = others + input.layers().features();
        int[] byPhase = Kernel.byPhase(channels, phases);
        return IntStream.range(0, channels * phases)
                .map(index -> byPhase[index / channels * channels + (index % channels + others) % channels])
                .toArray();
    }

    /**
     * Calls {@link CustomOp#BLEND_HEAD_INPUT} or its int8 form.
     *
     * @param seen shape of the output that the layers see
     * @param quantization of it; empty for floats
     */
    Warped warped(CustomOp operator, Value decoderOutput, int[] seen, float... quantization) {
        Value luma = input.first().luma();
        Value chroma = input.first().chroma();
        List<int[]> shapes = List.of(
                seen,
                new int[] {1, Channels.FLOWS, luma.height() / 2, luma.width() / 2},
                new int[] {1, 4, chroma.height(), chroma.width()},
                new int[] {1, 2, luma.height(), luma.width()},
                new int[] {1, 1, luma.height() / 2, luma.width() / 2});
        List<Value> warped = operator.call(
                graph,
                new Operands.BlendHeadInput<>(
                        pictures(),
                        input.toFirst(),
                        input.toSecond(),
                        decoderOutput,
                        constant(
                                "parameters",
                                input.layers().features(),
                                input.layers().lucasKanade(),
                                input.layers().reach()),
                        quantization("input", quantization)),
                shapes);
        return new Warped(warped.get(0), warped.get(2), warped.get(3), warped.get(4));
    }

    /**
     * Calls {@link CustomOp#BLEND_HEAD} or its int8 form.
     *
     * @param output of the blend head's last layer
     * @param quantization of it; empty for floats
     */
    Picture picture(CustomOp operator, Value output, Warped warped, float... quantization) {
        Value luma = input.first().luma();
        Value chroma = input.first().chroma();
        List<Value> picture = operator.call(
                graph,
                new Operands.BlendHead<>(
                        output,
                        warped.moving(),
                        warped.chroma(),
                        warped.luma(),
                        pictures(),
                        input.time(),
                        quantization("output", quantization)),
                List.of(luma.shape(), chroma.shape()));
        return new Picture(picture.get(0), picture.get(1));
    }

    private Operands.Pictures<Value> pictures() {
        return new Operands.Pictures<>(
                input.first().luma(),
                input.first().chroma(),
                input.second().luma(),
                input.second().chroma());
    }

    private @Nullable Value quantization(String name, float... values) {
        return values.length == 0 ? null : constant(name + ".quantization", values);
    }

    private Value constant(String name, float... values) {
        return graph.constant("finish." + name, Element.FLOAT, new int[] {values.length}, values);
    }
}
