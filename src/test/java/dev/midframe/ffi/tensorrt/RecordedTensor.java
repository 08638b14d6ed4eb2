package dev.midframe.ffi.tensorrt;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An {@code ITensor} of a {@link NetworkRecorder}. */
public final class RecordedTensor {

    private final long address;
    private final boolean input;
    private final Supplier<Shape> dims;
    private final Supplier<long[]> values;
    private @Nullable Shape known;
    private int type;
    private long name = Arena.global().allocateFrom("").address();

    /** An input. */
    RecordedTensor(NetworkRecorder network, int type, Shape dims) {
        this.address = network.object(this, "Tensor").address();
        this.input = true;
        this.type = type;
        this.dims = () -> dims;
        this.values = () -> {
            throw new UnsupportedOperationException("the numbers of an input");
        };
    }

    /** A layer's output, whose shape is asked when it is wanted, because layers are set up after they are added. */
    RecordedTensor(NetworkRecorder network, int type, Supplier<Shape> dims, Supplier<long[]> values) {
        this.address = network.object(this, "Tensor").address();
        this.input = false;
        this.type = type;
        this.dims = dims;
        this.values = values;
    }

    /** The numbers of a tensor of sizes or indices. */
    long[] values() {
        return values.get();
    }

    long address() {
        return address;
    }

    /** TensorRT's code of the data type. */
    public int type() {
        return type;
    }

    void type(int code) {
        type = code;
    }

    /** The sizes. */
    public Shape dims() {
        if (known == null) {
            known = dims.get();
        }
        return known;
    }

    /** Its layer was changed. */
    void forget() {
        known = null;
    }

    /** The name the model gives it. */
    public @Nullable String name() {
        return MemorySegment.ofAddress(name).reinterpret(Long.MAX_VALUE).getString(0);
    }

    long call(String method, long[] words) {
        return switch (method) {
            case "getName" -> name;
            case "setName" -> {
                String text = MemorySegment.ofAddress(words[0])
                        .reinterpret(Long.MAX_VALUE)
                        .getString(0);
                name = Arena.global().allocateFrom(text).address();
                yield 0;
            }
            case "getType" -> type;
            case "setType" -> {
                type((int) words[0]);
                yield 0;
            }
            case "isNetworkInput" -> input ? 1 : 0;
            case "isExecutionTensor" -> 1;
            case "isNetworkOutput", "isShapeTensor", "getLocation", "setDimensionName", "setAllowedFormats" -> 0;
            default -> throw new UnsupportedOperationException("ITensor." + method);
        };
    }
}
