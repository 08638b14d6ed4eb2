package dev.midframe.ffi.tensorrt;

import java.lang.foreign.MemorySegment;

/** Memory that TensorRT allocated for a result. */
public interface IHostMemory extends Destroyable {

    MemorySegment data();

    long size();
}
