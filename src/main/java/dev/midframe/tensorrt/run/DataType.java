package dev.midframe.tensorrt.run;

import dev.midframe.tensorrt.TensorRtException;
import java.util.stream.Stream;

/** Number formats of tensors that cross an engine's border, with TensorRT's codes. */
public enum DataType {
    FLOAT(0, 4),
    HALF(1, 2),
    INT32(3, 4),
    UINT8(5, 1);

    private final int code;
    private final int bytes;

    DataType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    public int code() {
        return code;
    }

    /** Bytes of one number. */
    public int bytes() {
        return bytes;
    }

    public static DataType of(int code) {
        return Stream.of(values())
                .filter(type -> type.code == code)
                .findAny()
                .orElseThrow(() -> new TensorRtException("an engine with tensors of TensorRT's data type " + code
                        + " was not made by this program: remove it from the engine cache"));
    }
}
