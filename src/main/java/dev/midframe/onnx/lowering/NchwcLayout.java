package dev.midframe.onnx.lowering;

import dev.midframe.film.graph.TensorLayout;
import java.util.List;

/**
 * Features in {@link NchwcBlocks}; the shape counts the channels that are stored.
 *
 * @param parts channels of each of the features that were concatenated
 */
record NchwcLayout(List<Integer> parts) implements TensorLayout {

    NchwcLayout {
        parts = List.copyOf(parts);
    }

    @Override
    public int channels(int... shape) {
        return parts.stream().mapToInt(Integer::intValue).sum();
    }
}
