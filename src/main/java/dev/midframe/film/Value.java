package dev.midframe.film;

import dev.midframe.film.OnnxGraph.Element;
import java.util.Arrays;

/** A tensor within a graph being built: pictures and features are [batch, channels, height, width]. */
record Value(String name, Element element, int... shape) {

    int dimension(int axis) {
        return shape[axis];
    }

    int channels() {
        return shape[1];
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
