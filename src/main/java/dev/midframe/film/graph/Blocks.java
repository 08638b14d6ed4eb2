package dev.midframe.film.graph;

import static dev.midframe.film.graph.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.midframe.film.model.Kernel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Features in blocks of channels, as ONNX Runtime's fastest CPU convolutions have them ({@link Dialect#block}). ONNX Runtime
 * would turn a plain graph into these operators itself, but go back to the plain layout for every operator between them.
 */
public record Blocks(GraphBuilder graph, Operators ops, Dialect dialect) {

    private static final String DOMAIN = "com.microsoft.nchwc";

    /** ReorderInput takes channels in fours. */
    private static final int REORDERED_TOGETHER = 4;

    /** From ONNX's layout; what is in blocks already stays. */
    Value blocked(Value a) {
        if (a.blocked()) {
            return a;
        }
        Value whole = ops.padChannels(a, Math.ceilDiv(a.channels(), REORDERED_TOGETHER) * REORDERED_TOGETHER);
        return node("ReorderInput", a, List.of(a.channels()), a.height(), a.width(), List.of(whole));
    }

    /** To ONNX's layout; what is in it already stays. */
    Value plain(Value a) {
        if (!a.blocked()) {
            return a;
        }
        int[] shape = {a.dimension(0), onlyPart(a), a.height(), a.width()};
        return graph.node(DOMAIN, "ReorderOutput", a.element(), shape, List.of(a), attribute("channels", onlyPart(a)));
    }

    /** As {@link Operators#convolve}, or with {@code leak} as {@link Operators#convolveAndActivate}. */
    public Value convolve(Value a, Kernel kernel, float... leak) {
        return convolve(a, kernel, List.of(kernel.outputs()), leak);
    }

    /**
     * A kernel in front of a depth-to-space by two ({@link Kernel#beforeDepthToSpace}), and that: each of the four phases is a
     * part of its own, so whole blocks move.
     */
    Value convolveAndShuffle(Value a, Kernel phases) {
        int outputs = phases.outputs() / 4;
        Value apart = convolve(a, phases.withOutputs(Kernel.byPhase(outputs, 4)), Collections.nCopies(4, outputs));
        int stored = dialect.stored(outputs);
        int block = dialect.block();
        Value seen = ops.reshape(apart, 2, 2, stored / block, a.height(), a.width(), block);
        Value woven = ops.transpose(seen, 2, 3, 0, 4, 1, 5);
        return ops.reshape(woven, 1, stored, 2 * a.height(), 2 * a.width()).inBlocks(List.of(outputs));
    }

    Value averagePool(Value a, int factorY, int factorX) {
        long[] factors = {factorY, factorX};
        return node(
                "AveragePool",
                a,
                a.parts(),
                a.height() / factorY,
                a.width() / factorX,
                List.of(a),
                attribute("kernel_shape", factors),
                attribute("strides", factors));
    }

    /** Joins channels; neighbours in ONNX's layout share a part. */
    Value concatChannels(List<Value> values) {
        List<Value> joined = new ArrayList<>();
        List<Value> waiting = new ArrayList<>();
        for (Value value : values) {
            if (value.blocked()) {
                settle(waiting, joined);
                joined.add(value);
            } else {
                waiting.add(value);
            }
        }
        settle(waiting, joined);
        List<Integer> parts =
                joined.stream().flatMap(value -> value.parts().stream()).toList();
        return ops.join(1, joined).inBlocks(parts);
    }

    private void settle(List<Value> waiting, List<Value> joined) {
        if (!waiting.isEmpty()) {
            joined.add(blocked(ops.join(1, waiting)));
            waiting.clear();
        }
    }

    /** With outputs in parts, each in blocks of its own. */
    public Value convolve(Value a, Kernel kernel, List<Integer> outputs, float... leak) {
        Value input = blocked(a);
        int size = kernel.size();
        String name = kernel.name() + ".blocks" + input.parts();
        float[] numbers = kernel.weightsInBlocks(input.parts(), outputs, dialect);
        int[] shape = {stored(outputs), stored(input.parts()), size, size};
        Value weights = graph.constant(name + ".weight", a.element(), shape, numbers);
        Value biases = graph.constant(
                name + ".bias", a.element(), new int[] {stored(outputs)}, kernel.biasesInBlocks(outputs, dialect));
        long before = (size - 1) / 2;
        long after = size / 2;
        List<AttributeProto> attributes = new ArrayList<>(List.of(
                attribute("kernel_shape", new long[] {size, size}),
                attribute("pads", new long[] {before, before, after, after})));
        if (leak.length > 0) {
            attributes.add(attribute("activation", "LeakyRelu"));
            attributes.add(attribute("activation_params", leak));
        }
        return node(
                "Conv",
                input,
                outputs,
                a.height(),
                a.width(),
                List.of(input, weights, biases),
                attributes.toArray(AttributeProto[]::new));
    }

    private Value node(
            String operator,
            Value like,
            List<Integer> parts,
            int height,
            int width,
            List<Value> operands,
            AttributeProto... attributes) {
        int[] shape = {like.dimension(0), stored(parts), height, width};
        return graph.node(DOMAIN, operator, like.element(), shape, operands, attributes)
                .inBlocks(parts);
    }

    public int stored(List<Integer> parts) {
        return parts.stream().mapToInt(dialect::stored).sum();
    }

    private static int onlyPart(Value a) {
        if (a.parts().size() != 1) {
            throw new IllegalArgumentException("channels " + a.parts() + " have gaps between them");
        }
        return a.parts().getFirst();
    }
}
