package dev.midframe.ffi.tensorrt;

import java.lang.foreign.MemorySegment;

/** An engine at work. */
public interface IExecutionContext extends Destroyable {

    void setDeviceMemoryV2(MemorySegment memory, long bytes);

    boolean setTensorAddress(String name, MemorySegment memory);

    boolean enqueueV3(MemorySegment stream);
}
