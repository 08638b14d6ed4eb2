package dev.midframe.film;

import dev.midframe.film.OnnxGraph.Element;
import java.util.Arrays;
import java.util.List;

/**
 * A tensor within a graph being built: pictures and features are [batch, channels, height, width].
 *
 * @param parts of features in blocks ({@link Dialect#block}): the channels that were joined, each filled up with zeros to whole
 *     blocks; empty for a tensor in ONNX's own layout
 */
record Value(String name, Element element, List<Integer> parts, int... shape) {

    Value(String name, Element element, int... shape) {
        this(name, element, List.of(), shape);
    }

    /** The same tensor, known to be in blocks. */
    Value inBlocks(List<Integer> channelsOfParts) {
        return new Value(name, element, channelsOfParts, shape);
    }

    boolean blocked() {
        return !parts.isEmpty();
    }

    int dimension(int axis) {
        return shape[axis];
    }

    /** Channels that mean something. */
    int channels() {
        return blocked() ? parts.stream().mapToInt(Integer::intValue).sum() : shape[1];
    }

    int height() {
        return shape[2];
    }

    int width() {
        return shape[3];
    }

    int elements() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
