package dev.midframe.ffi.tensorrt;

import java.lang.foreign.MemorySegment;

/** The C function of libnvonnxparser. */
public interface NvOnnxParser {

    MemorySegment createNvOnnxParser_INTERNAL(MemorySegment network, MemorySegment logger, int version);
}
