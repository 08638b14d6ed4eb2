package dev.midframe.ffi.tensorrt;

import java.lang.foreign.MemorySegment;

/** Knows the plugins' creators. */
public interface IPluginRegistry {

    MemorySegment getAllCreators(MemorySegment count);
}
