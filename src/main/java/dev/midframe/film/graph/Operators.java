package dev.midframe.film.graph;

import static dev.midframe.film.graph.GraphBuilder.attribute;

import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.film.model.Kernel;
import java.util.Arrays;
import java.util.List;

/** ONNX's own operators in ONNX's own layout, as FILM uses them: adds nodes to a graph and knows the shapes they give. */
public record Operators(GraphBuilder graph) {

    public Value add(Value a, Value b) {
        return elementwise("Add", a, b);
    }

    public Value subtract(Value a, Value b) {
        return elementwise("Sub", a, b);
    }

    public Value multiply(Value a, Value b) {
        return elementwise("Mul", a, b);
    }

    public Value divide(Value a, Value b) {
        return elementwise("Div", a, b);
    }

    public Value maximum(Value a, Value b) {
        return elementwise("Max", a, b);
    }

    public Value minimum(Value a, Value b) {
        return elementwise("Min", a, b);
    }

    public Value plus(Value a, double b) {
        return b == 0 ? a : add(a, graph.scalar(a.element(), (float) b));
    }

    public Value times(Value a, double b) {
        return b == 1 ? a : multiply(a, graph.scalar(a.element(), (float) b));
    }

    /** 1 - a. */
    public Value complement(Value a) {
        return subtract(graph.scalar(a.element(), 1), a);
    }

    public Value absolute(Value a) {
        return graph.node("Abs", a.element(), a.shape(), List.of(a));
    }

    public Value sigmoid(Value a) {
        return graph.node("Sigmoid", a.element(), a.shape(), List.of(a));
    }

    public Value floor(Value a) {
        return graph.node("Floor", a.element(), a.shape(), List.of(a));
    }

    public Value clamp(Value a, double low, double high) {
        List<Value> operands =
                List.of(a, graph.scalar(a.element(), (float) low), graph.scalar(a.element(), (float) high));
        return graph.node("Clip", a.element(), a.shape(), operands);
    }

    public Value cast(Value a, Element element) {
        return a.element() == element
                ? a
                : graph.node(
                        "Cast",
                        element,
                        a.shape(),
                        List.of(a),
                        attribute("to", GraphBuilder.dataType(element).getNumber()));
    }

    /** A convolution that keeps height and width: 3x3 pads all around, 2x2 right and bottom. */
    public Value convolve(Value a, Kernel kernel) {
        int size = kernel.size();
        requireInputs(a, kernel);
        Value weights = graph.constant(
                kernel.name() + ".weight",
                a.element(),
                new int[] {kernel.outputs(), kernel.inputs(), size, size},
                kernel.weights());
        Value biases =
                graph.constant(kernel.name() + ".bias", a.element(), new int[] {kernel.outputs()}, kernel.biases());
        int before = (size - 1) / 2;
        int after = size / 2;
        return graph.node(
                "Conv",
                a.element(),
                new int[] {a.dimension(0), kernel.outputs(), a.height(), a.width()},
                List.of(a, weights, biases),
                attribute("kernel_shape", new long[] {size, size}),
                attribute("pads", new long[] {before, before, after, after}));
    }

    /** Nearest-neighbour upsampling by two and a 2x2 convolution, in one. */
    public Value upsampleAndConvolve(Value a, Kernel kernel) {
        requireInputs(a, kernel);
        Value weights = graph.constant(
                kernel.name() + ".transposed",
                a.element(),
                new int[] {kernel.inputs(), kernel.outputs(), 3, 3},
                kernel.transposed());
        Value biases =
                graph.constant(kernel.name() + ".bias", a.element(), new int[] {kernel.outputs()}, kernel.biases());
        return graph.node(
                "ConvTranspose",
                a.element(),
                new int[] {a.dimension(0), kernel.outputs(), 2 * a.height(), 2 * a.width()},
                List.of(a, weights, biases),
                attribute("kernel_shape", new long[] {3, 3}),
                attribute("strides", new long[] {2, 2}),
                attribute("pads", new long[] {1, 1, 0, 0}));
    }

    /** Times {@code slope} where it is below 0. */
    public Value leakyRelu(Value a, float slope) {
        return graph.node("LeakyRelu", a.element(), a.shape(), List.of(a), attribute("alpha", slope));
    }

    /**
     * Says which layer got what, where channels do not fit.
     *
     * @throws IllegalArgumentException when a kernel takes another number of channels
     */
    public static void requireInputs(Value a, Kernel kernel) {
        if (a.channels() != kernel.inputs()) {
            throw new IllegalArgumentException(
                    kernel.name() + " takes " + kernel.inputs() + " channels, not " + a.channels());
        }
    }

    /** Means of blocks; factors of 1 leave a as it is. */
    public Value averagePool(Value a, int factorY, int factorX) {
        return factorY == 1 && factorX == 1 ? a : pool("AveragePool", a, factorY, factorX);
    }

    /** Maxima of blocks; factors of 1 leave a as it is. */
    public Value maxPool(Value a, int factorY, int factorX) {
        return factorY == 1 && factorX == 1 ? a : pool("MaxPool", a, factorY, factorX);
    }

    /** The maximum of every position and all up to {@code reach} rows and columns away. */
    public Value maxOfNeighbours(Value a, int reach) {
        return graph.node(
                "MaxPool",
                a.element(),
                a.shape(),
                List.of(a),
                attribute("kernel_shape", new long[] {2 * reach + 1, 2 * reach + 1}),
                attribute("pads", new long[] {reach, reach, reach, reach}));
    }

    /** The minimum of every position and all up to {@code reach} rows and columns away. */
    public Value minOfNeighbours(Value a, int reach) {
        return times(maxOfNeighbours(times(a, -1), reach), -1);
    }

    /** The largest channel of every position. */
    public Value maxOfChannels(Value a) {
        return reduceChannels("ReduceMax", a);
    }

    /** The mean of the channels of every position. */
    public Value meanOfChannels(Value a) {
        return reduceChannels("ReduceMean", a);
    }

    private Value reduceChannels(String operator, Value a) {
        return graph.node(
                operator,
                a.element(),
                new int[] {a.dimension(0), 1, a.height(), a.width()},
                List.of(a, graph.int64(1)));
    }

    /** Joins tensors along a dimension of what is stored; they are in one layout. */
    public Value concat(int axis, Value... parts) {
        Value first = parts[0];
        int[] shape = first.shape().clone();
        shape[axis] =
                Arrays.stream(parts).mapToInt(part -> part.dimension(axis)).sum();
        return parts.length == 1
                ? first
                : graph.node("Concat", first.element(), shape, List.of(parts), attribute("axis", axis))
                        .in(first.layout());
    }

    public Value slice(Value a, int axis, int from, int to) {
        return slice(a, axis, from, to, 1);
    }

    public Value slice(Value a, int axis, int from, int to, int step) {
        int[] shape = a.shape().clone();
        shape[axis] = Math.ceilDiv(to - from, step);
        return Arrays.equals(shape, a.shape())
                ? a
                : graph.node(
                        "Slice",
                        a.element(),
                        shape,
                        List.of(a, graph.int64(from), graph.int64(to), graph.int64(axis), graph.int64(step)));
    }

    public Value reshape(Value a, int... shape) {
        long[] sizes = Arrays.stream(shape).asLongStream().toArray();
        return Arrays.equals(shape, a.shape())
                ? a
                : graph.node("Reshape", a.element(), shape, List.of(a, graph.int64(sizes)));
    }

    public Value transpose(Value a, int... order) {
        int[] shape = Arrays.stream(order).map(a::dimension).toArray();
        long[] axes = Arrays.stream(order).asLongStream().toArray();
        return graph.node("Transpose", a.element(), shape, List.of(a), attribute("perm", axes));
    }

    /** Blocks of every channel to channels: channel c of a becomes channels c*f*f + y*f + x, as PyTorch's pixel_unshuffle. */
    public Value unshuffle(Value a, int factor) {
        if (factor == 1) {
            return a;
        }
        int height = a.height() / factor;
        int width = a.width() / factor;
        int planes = a.dimension(0) * a.channels();
        Value separate = reshape(a, planes, 1, a.height(), a.width());
        Value blocks = graph.node(
                "SpaceToDepth",
                a.element(),
                new int[] {planes, factor * factor, height, width},
                List.of(separate),
                attribute("blocksize", factor));
        return reshape(blocks, a.dimension(0), a.channels() * factor * factor, height, width);
    }

    /** The inverse of {@link #unshuffle}, as PyTorch's pixel_shuffle. */
    public Value shuffle(Value a, int factor) {
        return factor == 1
                ? a
                : graph.node(
                        "DepthToSpace",
                        a.element(),
                        new int[] {
                            a.dimension(0), a.channels() / (factor * factor), a.height() * factor, a.width() * factor
                        },
                        List.of(a),
                        attribute("blocksize", factor),
                        attribute("mode", "CRD"));
    }

    /** Bilinear, half-pixel centres. */
    public Value enlargeLinear(Value a, int factorY, int factorX) {
        return resize(a, factorY, factorX, "linear", "half_pixel");
    }

    /** A flow [N,2,h,w] at a size that is larger by whole factors, in pixels of that size: bilinear, half-pixel centres. */
    public Value enlargeFlow(Value flow, int factorY, int factorX) {
        if (factorY == 1 && factorX == 1) {
            return flow;
        }
        Value factors = graph.constant(
                "warp.factors." + factorY + "." + factorX, Element.FLOAT, new int[] {1, 2, 1, 1}, factorX, factorY);
        return multiply(enlargeLinear(flow, factorY, factorX), factors);
    }

    /** Repeats every position. */
    public Value enlargeNearest(Value a, int factorY, int factorX) {
        return resize(a, factorY, factorX, "nearest", "asymmetric");
    }

    /** Repeats the last row and column until the size is reached. */
    public Value padEdge(Value a, int height, int width) {
        return height == a.height() && width == a.width() ? a : padEdge(a, 0, height - a.height(), width - a.width());
    }

    /** Repeats the outer rows and columns once on every side. */
    public Value padEdges(Value a) {
        return padEdge(a, 1, 1, 1);
    }

    private Value padEdge(Value a, int before, int below, int right) {
        return graph.node(
                "Pad",
                a.element(),
                new int[] {a.dimension(0), a.channels(), a.height() + before + below, a.width() + before + right},
                List.of(a, graph.int64(0, 0, before, before, 0, 0, below, right)),
                attribute("mode", "edge"));
    }

    /** The mean of every position and its eight neighbours, edges repeated. */
    public Value meanOfNeighbours(Value a) {
        return graph.node(
                "AveragePool", a.element(), a.shape(), List.of(padEdges(a)), attribute("kernel_shape", new long[] {3, 3
                }));
    }

    /** Appends channels of zeros. */
    public Value padChannels(Value a, int channels) {
        return channels == a.channels()
                ? a
                : graph.node(
                        "Pad",
                        a.element(),
                        new int[] {a.dimension(0), channels, a.height(), a.width()},
                        List.of(a, graph.int64(0, 0, 0, 0, 0, channels - a.channels(), 0, 0)));
    }

    private Value pool(String operator, Value a, int factorY, int factorX) {
        long[] factors = {factorY, factorX};
        return graph.node(
                operator,
                a.element(),
                new int[] {a.dimension(0), a.channels(), a.height() / factorY, a.width() / factorX},
                List.of(a),
                attribute("kernel_shape", factors),
                attribute("strides", factors));
    }

    private Value resize(Value a, int factorY, int factorX, String mode, String coordinates) {
        if (factorY == 1 && factorX == 1) {
            return a;
        }
        Value scales = graph.constant(
                "scales." + factorY + "." + factorX, Element.FLOAT, new int[] {4}, 1, 1, factorY, factorX);
        return graph.node(
                "Resize",
                a.element(),
                new int[] {a.dimension(0), a.channels(), a.height() * factorY, a.width() * factorX},
                List.of(a, GraphBuilder.absent(), scales),
                attribute("mode", mode),
                attribute("coordinate_transformation_mode", coordinates),
                attribute("nearest_mode", "floor"));
    }

    private Value elementwise(String operator, Value a, Value b) {
        return graph.node(operator, a.element(), broadcast(a.shape(), b.shape()), List.of(a, b));
    }

    private static int[] broadcast(int[] a, int[] b) {
        int[] shape = new int[Math.max(a.length, b.length)];
        for (int fromEnd = 1; fromEnd <= shape.length; fromEnd++) {
            int sizeA = fromEnd <= a.length ? a[a.length - fromEnd] : 1;
            int sizeB = fromEnd <= b.length ? b[b.length - fromEnd] : 1;
            if (sizeA != sizeB && sizeA != 1 && sizeB != 1) {
                throw new IllegalArgumentException(
                        Arrays.toString(a) + " and " + Arrays.toString(b) + " do not broadcast");
            }
            shape[shape.length - fromEnd] = Math.max(sizeA, sizeB);
        }
        return shape;
    }
}
