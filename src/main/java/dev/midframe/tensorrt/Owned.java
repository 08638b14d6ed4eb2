package dev.midframe.tensorrt;

import dev.midframe.ffi.tensorrt.CxxObjects;
import dev.midframe.ffi.tensorrt.Destroyable;
import java.lang.foreign.MemorySegment;

/** An object of TensorRT's that is deleted once, by its owner. */
public abstract class Owned<T extends Destroyable> implements AutoCloseable {

    private final TensorRt tensorRt;
    private final MemorySegment address;
    private final T object;
    private boolean closed;

    /**
     * @param call what returned the address
     * @throws TensorRtException with TensorRT's last error when it is null
     */
    public Owned(TensorRt tensorRt, Class<T> type, MemorySegment address, String call) {
        this.tensorRt = tensorRt;
        if (!CxxObjects.isObject(address)) {
            throw tensorRt.failure(call + " gave nothing");
        }
        this.address = address;
        this.object = tensorRt.objects().at(type, address);
    }

    protected final TensorRt tensorRt() {
        return tensorRt;
    }

    public final MemorySegment address() {
        object();
        return address;
    }

    /** @throws IllegalStateException after {@link #close} */
    protected final T object() {
        if (closed) {
            throw new IllegalStateException(getClass().getSimpleName() + " is closed");
        }
        return object;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            object.destroy();
        }
    }
}
