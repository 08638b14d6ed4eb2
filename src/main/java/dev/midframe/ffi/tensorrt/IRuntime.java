package dev.midframe.ffi.tensorrt;

import java.lang.foreign.MemorySegment;

/** Makes engines of their serialized form. */
public interface IRuntime extends Destroyable {

    MemorySegment deserializeCudaEngine(MemorySegment plan, long size);
}
