package dev.midframe.ffi.tensorrt;

import java.lang.foreign.MemorySegment;

/** The C functions of libnvinfer. The factories may only be called when the CUDA driver has a device. */
public interface NvInfer {

    /** 10000 x major + 100 x minor + patch. */
    int getInferLibVersion();

    MemorySegment createInferBuilder_INTERNAL(MemorySegment logger, int version);

    MemorySegment createInferRuntime_INTERNAL(MemorySegment logger, int version);

    MemorySegment getPluginRegistry();
}
