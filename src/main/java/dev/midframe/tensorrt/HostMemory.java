package dev.midframe.tensorrt;

import dev.midframe.binding.tensorrt.IHostMemory;
import java.lang.foreign.MemorySegment;

/** Bytes that TensorRT made. */
final class HostMemory extends Owned<IHostMemory> {

    HostMemory(TensorRt tensorRt, MemorySegment address, String call) {
        super(tensorRt, IHostMemory.class, address, call);
    }

    /** The bytes, until this is closed. */
    MemorySegment bytes() {
        return object().data().reinterpret(object().size());
    }
}
