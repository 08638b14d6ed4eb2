package dev.midframe.film.graph;

import dev.midframe.film.graph.OnnxGraph.Element;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tensor within a graph being built: pictures and features are [batch, channels, height, width].
 *
 * @param parts of features in blocks ({@link Dialect#block}): the channels that were joined, each filled up with zeros to whole
 *     blocks; empty for a tensor in ONNX's own layout
 * @param asBytes of features in bytes, which are [batch, height, width, bytes] ({@link Bytes})
 */
public record Value(
        String name,
        Element element,
        List<Integer> parts,
        @Nullable Quantization asBytes,
        int... shape) {

    Value(String name, Element element, int... shape) {
        this(name, element, List.of(), null, shape);
    }

    /** The same tensor, known to be in blocks. */
    public Value inBlocks(List<Integer> channelsOfParts) {
        return new Value(name, element, channelsOfParts, null, shape);
    }

    /** The same tensor, known to be in bytes. */
    public Value inBytes(Quantization quantization) {
        return new Value(name, element, List.of(), quantization, shape);
    }

    public boolean bytes() {
        return asBytes != null;
    }

    /** What its bytes mean. */
    public Quantization quantization() {
        return Objects.requireNonNull(asBytes, "not in bytes");
    }

    public boolean blocked() {
        return !parts.isEmpty();
    }

    public int dimension(int axis) {
        return shape[axis];
    }

    /** Channels that mean something. */
    public int channels() {
        if (asBytes != null) {
            return asBytes.count();
        }
        return blocked() ? parts.stream().mapToInt(Integer::intValue).sum() : shape[1];
    }

    public int height() {
        return shape[bytes() ? 1 : 2];
    }

    public int width() {
        return shape[bytes() ? 2 : 3];
    }

    public int elements() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
