package dev.midframe.tensorrt.build;

import dev.midframe.ffi.tensorrt.IHostMemory;
import dev.midframe.tensorrt.Owned;
import dev.midframe.tensorrt.TensorRt;
import dev.midframe.tensorrt.TensorRtException;
import java.lang.foreign.MemorySegment;

/** Bytes that TensorRT made. */
final class HostMemory extends Owned<IHostMemory> {

    HostMemory(TensorRt tensorRt, MemorySegment address, String call) {
        super(tensorRt, IHostMemory.class, address, call);
    }

    /**
     * The bytes, until this is closed.
     *
     * @throws TensorRtException when there are none
     */
    MemorySegment bytes() {
        MemorySegment data = object().data();
        tensorRt().require(!data.equals(MemorySegment.NULL) && object().size() > 0, "IHostMemory.data");
        return data.reinterpret(object().size());
    }
}
