package dev.midframe.onnx.lowering;

import static dev.midframe.film.graph.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.midframe.film.graph.BlendInput;
import dev.midframe.film.graph.GraphBuilder;
import dev.midframe.film.graph.Lowering;
import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.film.graph.Operators;
import dev.midframe.film.graph.Picture;
import dev.midframe.film.graph.Value;
import dev.midframe.film.model.Channels;
import dev.midframe.film.model.Kernel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Features in floats and in {@link NchwcBlocks}, in the operators that ONNX Runtime itself turns a plain graph's convolutions
 * into; but it goes back to the plain layout for every operator between them, and here these are {@link CustomOp custom operators}.
 */
final class NchwcLowering implements Lowering {

    /** ONNX Runtime's operators in this layout. */
    private static final String DOMAIN = "com.microsoft.nchwc";

    /** ReorderInput takes channels in fours. */
    private static final int REORDERED_TOGETHER = 4;

    private final GraphBuilder graph;
    private final NchwcBlocks blocks;
    private final Operators plain;

    NchwcLowering(GraphBuilder graph, NchwcBlocks blocks) {
        this.graph = graph;
        this.blocks = blocks;
        this.plain = new Operators(graph);
    }

    @Override
    public Operators plain() {
        return plain;
    }

    @Override
    public Value imageInput(String name, int height, int width) {
        return graph.input(name, Element.FLOAT, 1, 3, height, width);
    }

    @Override
    public Value featuresInput(String name, List<Integer> channels, int height, int width) {
        return graph.input(name, Element.FLOAT, 1, blocks.stored(channels), height, width)
                .in(new NchwcLayout(channels));
    }

    @Override
    public Value image(Value rgb) {
        return rgb;
    }

    @Override
    public Value pixelUnshuffle(Value luma, Value chroma, int stem) {
        List<Integer> parts = List.of(stem * stem * 3 / 2);
        Value parameters = graph.constant("image.stem", Element.FLOAT, new int[] {1}, stem);
        Operands<Value> operands = new Operands.PixelUnshuffle<>(luma, chroma, parameters);
        int[] shape = {1, blocks.stored(parts), luma.height() / stem, luma.width() / stem};
        return CustomOp.PIXEL_UNSHUFFLE.call(graph, operands, shape).in(new NchwcLayout(parts));
    }

    @Override
    public Value averagePool(Value a, int factorY, int factorX) {
        if (a.layout() instanceof NchwcLayout(List<Integer> parts)) {
            long[] factors = {factorY, factorX};
            return node(
                    "AveragePool",
                    parts,
                    new int[] {a.dimension(0), blocks.stored(parts), a.height() / factorY, a.width() / factorX},
                    List.of(a),
                    attribute("kernel_shape", factors),
                    attribute("strides", factors));
        }
        if (factorY == 2 && factorX == 2) {
            int[] shape = {a.dimension(0), a.channels(), a.height() / 2, a.width() / 2};
            return CustomOp.AVERAGE_POOL_2X2.call(graph, new Operands.AveragePool<>(a), shape);
        }
        return plain.averagePool(a, factorY, factorX);
    }

    @Override
    public Value convolve(Value a, Kernel kernel) {
        return convolve(
                a,
                kernel,
                List.of(kernel.outputs()),
                attribute("activation", "LeakyRelu"),
                attribute("activation_params", new float[] {LEAK}));
    }

    /** Each of the four phases is a part of its own, so that whole blocks move. */
    @Override
    public Value upsampleAndConvolve(Value a, Kernel kernel) {
        int outputs = kernel.outputs();
        Kernel phases = kernel.beforeDepthToSpace().withOutputs(Kernel.byPhase(outputs, 4));
        Value apart = convolve(a, phases, Collections.nCopies(4, outputs));
        int stored = blocks.stored(outputs);
        int block = blocks.size();
        Value split = plain.reshape(apart, 2, 2, stored / block, a.height(), a.width(), block);
        Value woven = plain.transpose(split, 2, 3, 0, 4, 1, 5);
        return plain.reshape(woven, 1, stored, 2 * a.height(), 2 * a.width()).in(new NchwcLayout(List.of(outputs)));
    }

    /** Neighbours in ONNX's layout become one part. */
    @Override
    public Value concatenate(List<Value> features) {
        List<Value> joined = new ArrayList<>();
        List<Value> waiting = new ArrayList<>();
        for (Value value : features) {
            if (value.layout() instanceof NchwcLayout) {
                settle(waiting, joined);
                joined.add(value);
            } else {
                waiting.add(value);
            }
        }
        settle(waiting, joined);
        List<Integer> parts =
                joined.stream().flatMap(value -> parts(value).stream()).toList();
        return plain.concat(1, joined.toArray(Value[]::new)).in(new NchwcLayout(parts));
    }

    private void settle(List<Value> waiting, List<Value> joined) {
        if (!waiting.isEmpty()) {
            joined.add(blocked(plain.concat(1, waiting.toArray(Value[]::new))));
            waiting.clear();
        }
    }

    @Override
    public Value warp(Value picture, Value flow) {
        return CustomOp.PICTURE_WARP.call(graph, new Operands.PictureWarp<>(picture, flow), picture.shape());
    }

    @Override
    public Value flowInput(Value first, Value second, Value flow) {
        int[] shape = {2, first.dimension(1) + second.dimension(1), first.height(), first.width()};
        List<Integer> parts =
                Stream.concat(parts(first).stream(), parts(second).stream()).toList();
        return CustomOp.FLOW_INPUT
                .call(graph, new Operands.FlowInput<>(first, second, flow), shape)
                .in(new NchwcLayout(parts));
    }

    @Override
    public Value flowHead(Value a, Kernel hidden, Kernel output) {
        return toPlain(linear(convolve(a, hidden), output));
    }

    @Override
    public Value fusionInput(int level, Value first, Value second, Value toFirst, Value toSecond) {
        List<Integer> parts = Stream.of(parts(first), parts(second), List.of(Channels.FLOWS))
                .flatMap(List::stream)
                .toList();
        int[] shape = {1, blocks.stored(parts), first.height(), first.width()};
        return CustomOp.FUSION_INPUT
                .call(graph, new Operands.FusionInput<>(first, second, toFirst, toSecond, null), shape)
                .in(new NchwcLayout(parts));
    }

    @Override
    public Value rgbHead(Value decoded, Kernel output) {
        return toPlain(linear(decoded, output));
    }

    @Override
    public Picture blendHead(BlendInput input) {
        BlendHeadNodes nodes = new BlendHeadNodes(graph, input);
        Value decoderOutput = decoderOutput(nodes, input.decoded());
        List<Integer> parts = List.of(Channels.PICTURES + input.layers().features());
        Value luma = input.first().luma();
        int[] shape = {1, blocks.stored(parts), luma.height() / 2, luma.width() / 2};
        BlendHeadNodes.Warped warped = nodes.warped(CustomOp.BLEND_HEAD_INPUT, decoderOutput, shape);
        List<Kernel> layers = input.layers().convolutions();
        Value net = convolve(warped.seen().in(new NchwcLayout(parts)), nodes.firstLayer());
        for (Kernel layer : layers.subList(1, layers.size())) {
            net = convolve(net, layer);
        }
        Value output = linear(net, input.layers().output());
        return nodes.picture(CustomOp.BLEND_HEAD, output, warped);
    }

    /** The decoder's last layer: of each position at half the picture's size a part. */
    Value decoderOutput(BlendHeadNodes nodes, Value decoded) {
        int phases = nodes.input().layers().phases();
        int channels = Channels.FLOWS + nodes.input().layers().features();
        return convolve(decoded, nodes.decoderOutput(), Collections.nCopies(phases, channels));
    }

    /** From ONNX's layout; what is in blocks already stays. */
    Value blocked(Value a) {
        if (a.layout() instanceof NchwcLayout) {
            return a;
        }
        int whole = Math.ceilDiv(a.channels(), REORDERED_TOGETHER) * REORDERED_TOGETHER;
        Value padded = plain.padChannels(a, whole);
        int[] shape = {a.dimension(0), blocks.stored(a.channels()), a.height(), a.width()};
        return node("ReorderInput", List.of(a.channels()), shape, List.of(padded));
    }

    /** To ONNX's layout. */
    private Value toPlain(Value a) {
        if (parts(a).size() != 1) {
            throw new IllegalArgumentException("channels " + parts(a) + " have gaps between them");
        }
        int channels = a.channels();
        int[] shape = {a.dimension(0), channels, a.height(), a.width()};
        return graph.node(DOMAIN, "ReorderOutput", Element.FLOAT, shape, List.of(a), attribute("channels", channels));
    }

    /** A convolution without activation. */
    private Value linear(Value a, Kernel kernel) {
        return convolve(a, kernel, List.of(kernel.outputs()));
    }

    /** A convolution whose outputs are parts, each in blocks of its own. */
    private Value convolve(Value a, Kernel kernel, List<Integer> outputs, AttributeProto... activation) {
        Operators.requireInputs(a, kernel);
        Value input = blocked(a);
        int size = kernel.size();
        String name = kernel.name() + ".nchwc" + parts(input);
        Value weights = graph.constant(
                name + ".weight",
                Element.FLOAT,
                new int[] {blocks.stored(outputs), blocks.stored(parts(input)), size, size},
                blocks.weights(kernel, parts(input), outputs));
        Value biases = graph.constant(
                name + ".bias", Element.FLOAT, new int[] {blocks.stored(outputs)}, blocks.biases(kernel, outputs));
        long before = (size - 1) / 2;
        long after = size / 2;
        List<AttributeProto> attributes = new ArrayList<>(List.of(
                attribute("kernel_shape", new long[] {size, size}),
                attribute("pads", new long[] {before, before, after, after})));
        attributes.addAll(List.of(activation));
        int[] shape = {a.dimension(0), blocks.stored(outputs), a.height(), a.width()};
        List<Value> operands = List.of(input, weights, biases);
        return node("Conv", outputs, shape, operands, attributes.toArray(AttributeProto[]::new));
    }

    private Value node(
            String operator, List<Integer> parts, int[] shape, List<Value> operands, AttributeProto... attributes) {
        return graph.node(DOMAIN, operator, Element.FLOAT, shape, operands, attributes)
                .in(new NchwcLayout(parts));
    }

    private static List<Integer> parts(Value a) {
        return ((NchwcLayout) a.layout()).parts();
    }
}
