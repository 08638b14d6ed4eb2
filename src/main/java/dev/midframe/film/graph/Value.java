package dev.midframe.film.graph;

import dev.midframe.film.graph.OnnxGraph.Element;
import java.util.Arrays;

/**
 * A tensor within a graph being built.
 *
 * @param name unique in the graph
 * @param element type of its elements
 * @param layout what its dimensions are, if it is a picture or features
 * @param shape as it is stored, outermost dimension first
 */
public record Value(String name, Element element, TensorLayout layout, int... shape) {

    Value(String name, Element element, int... shape) {
        this(name, element, TensorLayout.NCHW, shape);
    }

    /** The same tensor, known to be in a layout. */
    public Value in(TensorLayout known) {
        return new Value(name, element, known, shape);
    }

    public int dimension(int axis) {
        return shape[axis];
    }

    public int channels() {
        return layout.channels(shape);
    }

    public int height() {
        return layout.height(shape);
    }

    public int width() {
        return layout.width(shape);
    }

    public int elements() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
