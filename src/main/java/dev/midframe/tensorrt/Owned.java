package dev.midframe.tensorrt;

import dev.midframe.ffi.tensorrt.SlotTable;
import dev.midframe.ffi.tensorrt.VirtualMethod;
import dev.midframe.ffi.tensorrt.generated.CxxObject_destroy;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An object of TensorRT's that is deleted once, by its owner; every call afterwards throws {@link IllegalStateException}. */
public abstract class Owned implements AutoCloseable {

    private final TensorRt tensorRt;
    private final MemorySegment object;
    private final Arena lifetime = Arena.ofShared();
    private final VirtualMethod destroy;

    /**
     * @param type its C++ interface
     * @param call what returned the address
     * @throws TensorRtException with TensorRT's last error when it is null
     */
    protected Owned(TensorRt tensorRt, String type, MemorySegment address, String call) {
        this.tensorRt = tensorRt;
        if (!SlotTable.isObject(address)) {
            throw tensorRt.failure(call + " gave nothing");
        }
        this.destroy = tensorRt.slots().method(type + "_destroy", address, lifetime);
        this.object = destroy.self();
    }

    protected final TensorRt tensorRt() {
        return tensorRt;
    }

    /** As calls that take it want it. */
    public final MemorySegment address() {
        return object;
    }

    /** A virtual method, found once. */
    protected final VirtualMethod method(Class<?> generated) {
        return tensorRt.slots().method(generated, object, lifetime);
    }

    /** Memory that lives as long as the object. */
    protected final Arena lifetime() {
        return lifetime;
    }

    @Override
    public void close() {
        if (lifetime.scope().isAlive()) {
            CxxObject_destroy.invoke(destroy.address(), object);
            lifetime.close();
        }
    }
}
