package dev.midframe.tensorrt.run;

import dev.midframe.ffi.tensorrt.Shape;

/**
 * An input or output of an engine.
 *
 * @param name to bind it by
 * @param input or output
 * @param type of its values
 * @param shape outermost first, all known
 */
public record EngineTensor(String name, boolean input, DataType type, Shape shape) {

    /** Size of its memory, row-major without gaps. */
    public long bytes() {
        return Math.multiplyExact(type.bytes(), shape.volume());
    }
}
