package dev.midframe.film.graph;

import static dev.midframe.film.graph.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.film.model.Kernel;
import java.util.Arrays;
import java.util.List;

/**
 * Features in bytes, [N,H,W,C], for processors that multiply bytes four times as fast as floats: ONNX Runtime's quantized
 * operators (its domain {@code com.microsoft}). Weights are rounded to signed bytes, for each output channel by itself.
 */
public record Bytes(GraphBuilder graph, Operators ops, ActivationRanges ranges) {

    private static final String DOMAIN = "com.microsoft";
    private static final int LARGEST_BIAS = 1 << 30;

    /** As {@link Operators#convolveAndActivate}. */
    Value convolveAndActivate(Value a, Kernel kernel) {
        Quantization before = ranges.linear(kernel);
        Quantization behind = ranges.activated(kernel);
        Value linear = convolve(a, kernel, before);
        List<Value> operands = List.of(linear, scale(before), zero(before), scale(behind), zero(behind));
        return graph.node(
                        DOMAIN,
                        "QLinearLeakyRelu",
                        Element.UINT8,
                        linear.shape(),
                        operands,
                        attribute("alpha", Operators.LEAK))
                .inBytes(behind);
    }

    /** As {@link Operators#enlargeAndConvolve}; the byte of 0 is the one in the middle. */
    Value enlargeAndConvolve(Value a, Kernel kernel) {
        int outputs = kernel.outputs();
        Kernel phases = kernel.beforeDepthToSpace().withOutputs(Kernel.byPhase(outputs, 4));
        Value apart = convolve(a, phases, ranges.around(kernel, 4 * outputs));
        Value seen = ops.reshape(apart, a.height(), a.width(), 2, 2, outputs);
        Value woven = ops.transpose(seen, 0, 2, 1, 3, 4);
        return ops.reshape(woven, 1, 2 * a.height(), 2 * a.width(), outputs).inBytes(ranges.around(kernel, outputs));
    }

    /** Means of squares of 2 x 2: the extractor has no others. */
    Value averagePool(Value a, int factorY, int factorX) {
        if (factorY != 2 || factorX != 2) {
            throw new IllegalArgumentException("no means of " + factorY + " x " + factorX + " bytes");
        }
        int[] shape = {a.dimension(0), a.height() / 2, a.width() / 2, a.dimension(3)};
        return ask(CustomOp.INT8_AVERAGE_POOL_2X2, a.quantization(), shape, a);
    }

    /** Joins channels (axis 1) or batches (axis 0) of one zero. */
    Value concat(int axis, List<Value> parts) {
        Quantization joined = parts.getFirst().quantization();
        for (Value part : parts.subList(1, axis == 1 ? parts.size() : 1)) {
            joined = joined.and(part.quantization());
        }
        return ops.join(axis == 1 ? 3 : axis, parts).inBytes(joined);
    }

    /** What the decoder sees of a level: both pictures' features, warped, and both flows. */
    public Value fusionInput(Value first, Value second, Value toFirst, Value toSecond, int level) {
        Quantization features = ranges.warpedFeatures(first.channels() + second.channels());
        Quantization flows = ActivationRanges.flows(level);
        Quantization own = first.quantization();
        float[] numbers = {own.scale() / features.scale(), own.zero(), features.zero(), flows.scale()};
        Value told = graph.constant("fusion." + level + ".bytes", Element.FLOAT, new int[] {numbers.length}, numbers);
        Quantization all = features.and(flows);
        int[] shape = {1, first.height(), first.width(), all.scales().length};
        return ask(CustomOp.INT8_FUSION_INPUT, all, shape, first, second, toFirst, toSecond, told);
    }

    /** What the extractor sees of a picture. */
    public Value image(Value luma, Value chroma, int stem, int channels) {
        Quantization bytes = ActivationRanges.pictures(channels);
        float[] numbers = {stem, bytes.scale(), bytes.zero()};
        Value told = graph.constant("image.bytes", Element.FLOAT, new int[] {numbers.length}, numbers);
        int[] shape = {1, luma.height() / stem, luma.width() / stem, channels};
        return ask(CustomOp.INT8_PIXEL_UNSHUFFLE, bytes, shape, luma, chroma, told);
    }

    /** In numbers and ONNX's layout. */
    Value numbers(Value a) {
        Quantization bytes = a.quantization();
        Value numbers = graph.node("DequantizeLinear", Element.FLOAT, a.shape(), List.of(a, scale(bytes), zero(bytes)));
        return ops.transpose(numbers, 0, 3, 1, 2);
    }

    /** What an operator of the project's own gives. */
    public Value ask(CustomOp operator, Quantization bytes, int[] shape, Value... operands) {
        return ops.ask(operator, List.of(shape), operands).getFirst().inBytes(bytes);
    }

    /** Without activation. */
    public Value convolve(Value a, Kernel kernel, Quantization output) {
        Quantization input = a.quantization();
        Kernel whole = kernel.withInputs(input.channels());
        int size = kernel.size();
        int row = whole.inputs() * size * size;
        byte[] weights = new byte[kernel.outputs() * row];
        float[] scales = new float[kernel.outputs()];
        int[] biases = new int[kernel.outputs()];
        float[] ratios = new float[kernel.outputs()];
        for (int channel = 0; channel < scales.length; channel++) {
            float[] numbers = Arrays.copyOfRange(whole.weights(), channel * row, (channel + 1) * row);
            for (int place = 0; place < row; place++) {
                numbers[place] *= input.scales()[place / (size * size)];
            }
            scales[channel] = scale(numbers, kernel.biases()[channel]);
            for (int place = 0; place < row; place++) {
                weights[channel * row + place] = (byte) Math.round(numbers[place] / scales[channel]);
            }
            biases[channel] = Math.round(kernel.biases()[channel] / scales[channel]);
            ratios[channel] = scales[channel] / output.scales()[channel];
        }
        String name = kernel.name() + ".bytes";
        long before = (size - 1) / 2;
        long after = size / 2;
        AttributeProto[] attributes = {
            attribute("channels_last", 1),
            attribute("kernel_shape", new long[] {size, size}),
            attribute("pads", new long[] {before, before, after, after})
        };
        List<Value> operands = List.of(
                a,
                graph.scalar(Element.FLOAT, 1), // The input's scales are in the weights.
                zero(input),
                graph.signedBytes(name + ".weight", new int[] {scales.length, whole.inputs(), size, size}, weights),
                graph.constant(name + ".scale", Element.FLOAT, new int[] {scales.length}, ratios),
                graph.signedBytes(name + ".zero", new int[] {scales.length}, new byte[scales.length]),
                graph.scalar(Element.FLOAT, 1), // So are the output's.
                zero(output),
                graph.wholeNumbers(name + ".bias", biases));
        int[] shape = {a.dimension(0), a.height(), a.width(), scales.length};
        return graph.node(DOMAIN, "QLinearConv", Element.UINT8, shape, operands, attributes)
                .inBytes(output);
    }

    /** So that signed bytes hold the weights, and a 32-bit integer the bias. */
    private static float scale(float[] weights, float bias) {
        float scale = Math.max(Float.MIN_NORMAL, Math.abs(bias) / LARGEST_BIAS);
        for (float weight : weights) {
            scale = Math.max(scale, Math.abs(weight) / Byte.MAX_VALUE);
        }
        return scale;
    }

    private Value scale(Quantization bytes) {
        return graph.scalar(Element.FLOAT, bytes.scale());
    }

    private Value zero(Quantization bytes) {
        return graph.scalar(Element.UINT8, bytes.zero());
    }
}
