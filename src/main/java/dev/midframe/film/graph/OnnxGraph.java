package dev.midframe.film.graph;

import java.util.List;

/**
 * A compiled-to-be network: an ONNX model with static shapes, and what goes in and out of it.
 *
 * @param name for people
 * @param model the serialized {@code ModelProto}, weights included
 * @param inputs in the model's order
 * @param outputs in the model's order
 * @param largestTensor elements of the largest tensor that a node gives
 */
public record OnnxGraph(String name, byte[] model, List<Port> inputs, List<Port> outputs, long largestTensor) {

    /** Element types of tensors that cross a graph's border. */
    public enum Element {
        /** Unsigned 8-bit integers. */
        UINT8(1),
        /** IEEE 754 binary16. */
        FLOAT16(2),
        /** IEEE 754 binary32. */
        FLOAT(4);

        private final int bytes;

        Element(int bytes) {
            this.bytes = bytes;
        }

        /** Bytes of one element. */
        public int bytes() {
            return bytes;
        }
    }

    /**
     * A tensor that goes in or out.
     *
     * @param name to bind it by
     * @param element type of its elements
     * @param shape outermost dimension first
     */
    public record Port(String name, Element element, List<Integer> shape) {

        public Port {
            shape = List.copyOf(shape);
        }

        /** Size of the tensor's memory, row-major without gaps. */
        public long bytes() {
            return shape.stream().mapToLong(Integer::longValue).reduce(element.bytes(), (a, b) -> a * b);
        }
    }

    public OnnxGraph {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
