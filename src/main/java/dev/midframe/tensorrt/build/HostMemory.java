package dev.midframe.tensorrt.build;

import dev.midframe.ffi.tensorrt.VirtualMethod;
import dev.midframe.ffi.tensorrt.generated.IHostMemory_data;
import dev.midframe.ffi.tensorrt.generated.IHostMemory_size;
import dev.midframe.tensorrt.Owned;
import dev.midframe.tensorrt.TensorRt;
import java.lang.foreign.MemorySegment;

/** Bytes that TensorRT made. */
final class HostMemory extends Owned {

    private final VirtualMethod data = method(IHostMemory_data.class);
    private final VirtualMethod size = method(IHostMemory_size.class);

    HostMemory(TensorRt tensorRt, MemorySegment address, String call) {
        super(tensorRt, "IHostMemory", address, call);
    }

    /**
     * The bytes, until this is closed.
     *
     * @throws dev.midframe.tensorrt.TensorRtException when there are none
     */
    MemorySegment bytes() {
        MemorySegment start = IHostMemory_data.invoke(data.address(), data.self());
        long bytes = IHostMemory_size.invoke(size.address(), size.self());
        tensorRt().require(!start.equals(MemorySegment.NULL) && bytes > 0, "IHostMemory.data");
        return start.reinterpret(bytes, lifetime(), null);
    }
}
