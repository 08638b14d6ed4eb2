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
import java.util.List;

/**
 * Features quantized to uint8 [N,H,W,C], for processors that multiply int8 four times as fast as floats: ONNX Runtime's
 * quantized operators and {@link CustomOp custom operators}. Flows, warped pictures and the blend stay floats. For networks with
 * {@link dev.midframe.film.model.FilmConfig.Output#BLEND} only, those that have {@link ActivationRanges}.
 */
final class Int8Lowering implements Lowering {

    /** ONNX Runtime's quantized operators. */
    private static final String DOMAIN = "com.microsoft";

    /** Channels of the blend head's output: a whole number of 32-bit words, as many as a power of two. */
    private static final int BLEND_HEAD_CHANNELS = 16;

    private final GraphBuilder graph;
    private final NchwcLowering floats;
    private final ActivationRanges ranges;
    private final Operators plain;

    /** @param floats of the same graph, for what is not quantized */
    Int8Lowering(GraphBuilder graph, NchwcLowering floats, ActivationRanges ranges) {
        this.graph = graph;
        this.floats = floats;
        this.ranges = ranges;
        this.plain = floats.plain();
    }

    @Override
    public Operators plain() {
        return plain;
    }

    @Override
    public Value imageInput(String name, int height, int width) {
        throw withoutRgb();
    }

    @Override
    public Value image(Value rgb) {
        throw withoutRgb();
    }

    @Override
    public Value rgbHead(Value decoded, Kernel output) {
        throw withoutRgb();
    }

    private static IllegalStateException withoutRgb() {
        return new IllegalStateException("networks with RGB output have no activation ranges, and no int8 lowering");
    }

    @Override
    public Value featuresInput(String name, List<Integer> channels, int height, int width) {
        int count = channels.stream().mapToInt(Integer::intValue).sum();
        return graph.input(name, Element.UINT8, 1, height, width, count).in(new Int8Layout(ranges.features(count)));
    }

    @Override
    public Value pixelUnshuffle(Value luma, Value chroma, int stem) {
        int channels = stem * stem * 3 / 2;
        Quantization quantization = ActivationRanges.pictures(channels);
        Value parameters = constant("image.quantization", stem, quantization.scale(), quantization.zeroPoint());
        Operands<Value> operands = new Operands.PixelUnshuffle<>(luma, chroma, parameters);
        int[] shape = {1, luma.height() / stem, luma.width() / stem, channels};
        return CustomOp.INT8_PIXEL_UNSHUFFLE.call(graph, operands, shape).in(new Int8Layout(quantization));
    }

    @Override
    public Value averagePool(Value a, int factorY, int factorX) {
        if (!(a.layout() instanceof Int8Layout)) {
            return floats.averagePool(a, factorY, factorX);
        }
        if (factorY != 2 || factorX != 2) {
            throw new IllegalArgumentException("no int8 average pool of " + factorY + " x " + factorX);
        }
        int[] shape = {a.dimension(0), a.height() / 2, a.width() / 2, a.dimension(3)};
        return CustomOp.INT8_AVERAGE_POOL_2X2
                .call(graph, new Operands.AveragePool<>(a), shape)
                .in(a.layout());
    }

    @Override
    public Value convolve(Value a, Kernel kernel) {
        Operators.requireInputs(a, kernel);
        Quantization before = ranges.linear(kernel);
        Quantization behind = ranges.activated(kernel);
        Value linear = linear(a, kernel, before);
        List<Value> operands = List.of(linear, scale(before), zeroPoint(before), scale(behind), zeroPoint(behind));
        return graph.node(DOMAIN, "QLinearLeakyRelu", Element.UINT8, linear.shape(), operands, attribute("alpha", LEAK))
                .in(new Int8Layout(behind));
    }

    @Override
    public Value upsampleAndConvolve(Value a, Kernel kernel) {
        int outputs = kernel.outputs();
        Kernel phases = kernel.beforeDepthToSpace().withOutputs(Kernel.byPhase(outputs, 4));
        Value apart = linear(a, phases, ranges.symmetric(kernel, 4 * outputs));
        Value split = plain.reshape(apart, a.height(), a.width(), 2, 2, outputs);
        Value woven = plain.transpose(split, 0, 2, 1, 3, 4);
        return plain.reshape(woven, 1, 2 * a.height(), 2 * a.width(), outputs)
                .in(new Int8Layout(ranges.symmetric(kernel, outputs)));
    }

    /** They have one zero point. */
    @Override
    public Value concatenate(List<Value> features) {
        Quantization all = features.stream()
                .map(Int8Lowering::quantization)
                .reduce(Quantization::and)
                .orElseThrow();
        return plain.concat(3, features.toArray(Value[]::new)).in(new Int8Layout(all));
    }

    @Override
    public Value warp(Value picture, Value flow) {
        return floats.warp(picture, flow);
    }

    @Override
    public Value flowInput(Value first, Value second, Value flow) {
        int[] shape = {2, first.height(), first.width(), first.channels() + second.channels()};
        Quantization both = quantization(first).and(quantization(second));
        return CustomOp.INT8_FLOW_INPUT
                .call(graph, new Operands.FlowInput<>(first, second, flow), shape)
                .in(new Int8Layout(both));
    }

    @Override
    public Value flowHead(Value a, Kernel hidden, Kernel output) {
        return floats.flowHead(dequantized(a), hidden, output);
    }

    @Override
    public Value fusionInput(int level, Value first, Value second, Value toFirst, Value toSecond) {
        Quantization own = quantization(first);
        Quantization features = ranges.warpedFeatures(first.channels() + second.channels());
        Quantization flows = ActivationRanges.flows(level);
        Value parameters = constant(
                "fusion." + level + ".quantization",
                own.scale() / features.scale(),
                own.zeroPoint(),
                features.zeroPoint(),
                flows.scale());
        Quantization all = features.and(flows);
        int[] shape = {1, first.height(), first.width(), all.scales().length};
        return CustomOp.INT8_FUSION_INPUT
                .call(graph, new Operands.FusionInput<>(first, second, toFirst, toSecond, parameters), shape)
                .in(new Int8Layout(all));
    }

    @Override
    public Picture blendHead(BlendInput input) {
        BlendHeadNodes nodes = new BlendHeadNodes(graph, input);
        Value decoderOutput = floats.decoderOutput(nodes, dequantized(input.decoded()));
        Quantization seen = ranges.blendHeadInput(input.layers().features());
        Value luma = input.first().luma();
        int[] shape = {1, luma.height() / 2, luma.width() / 2, seen.channelCount()};
        BlendHeadNodes.Warped warped = nodes.warped(
                CustomOp.INT8_BLEND_HEAD_INPUT,
                decoderOutput,
                shape,
                seen.scale(),
                seen.zeroPoint(),
                seen.scales()[Channels.PICTURES]);
        Value net = warped.seen().in(new Int8Layout(seen));
        for (Kernel layer : input.layers().convolutions()) {
            net = convolve(net, layer);
        }
        Quantization last = ranges.blendHeadOutput(BLEND_HEAD_CHANNELS);
        Value output = linear(net, input.layers().output().padded(BLEND_HEAD_CHANNELS), last);
        float[] scales = last.scales();
        return nodes.picture(
                CustomOp.INT8_BLEND_HEAD,
                output,
                warped,
                scales[Channels.MASK],
                scales[Channels.LUMA_RESIDUAL],
                scales[Channels.CHROMA_RESIDUAL],
                last.zeroPoint());
    }

    /** In floats and ONNX's layout. */
    private Value dequantized(Value a) {
        Quantization quantization = quantization(a);
        Value floating = graph.node(
                "DequantizeLinear", Element.FLOAT, a.shape(), List.of(a, scale(quantization), zeroPoint(quantization)));
        return plain.transpose(floating, 0, 3, 1, 2);
    }

    /** A convolution without activation. */
    private Value linear(Value a, Kernel kernel, Quantization output) {
        Quantization input = quantization(a);
        QuantizedKernel quantized = QuantizedKernel.of(kernel, input, output);
        int size = quantized.size();
        int outputs = quantized.outputs();
        String name = quantized.name() + ".int8";
        long before = (size - 1) / 2;
        long after = size / 2;
        AttributeProto[] attributes = {
            attribute("channels_last", 1),
            attribute("kernel_shape", new long[] {size, size}),
            attribute("pads", new long[] {before, before, after, after})
        };
        int[] weightShape = {outputs, quantized.inputs(), size, size};
        List<Value> operands = List.of(
                a,
                graph.scalar(Element.FLOAT, 1), // The input's scales are in the weights.
                zeroPoint(input),
                graph.int8(name + ".weight", weightShape, quantized.weights()),
                graph.constant(name + ".scale", Element.FLOAT, new int[] {outputs}, quantized.ratios()),
                graph.int8(name + ".zero", new int[] {outputs}, new byte[outputs]),
                graph.scalar(Element.FLOAT, 1), // So are the output's.
                zeroPoint(output),
                graph.int32(name + ".bias", quantized.biases()));
        int[] shape = {a.dimension(0), a.height(), a.width(), outputs};
        return graph.node(DOMAIN, "QLinearConv", Element.UINT8, shape, operands, attributes)
                .in(new Int8Layout(output));
    }

    private Value constant(String name, float... values) {
        return graph.constant(name, Element.FLOAT, new int[] {values.length}, values);
    }

    private Value scale(Quantization quantization) {
        return graph.scalar(Element.FLOAT, quantization.scale());
    }

    private Value zeroPoint(Quantization quantization) {
        return graph.scalar(Element.UINT8, quantization.zeroPoint());
    }

    private static Quantization quantization(Value a) {
        return ((Int8Layout) a.layout()).quantization();
    }
}
