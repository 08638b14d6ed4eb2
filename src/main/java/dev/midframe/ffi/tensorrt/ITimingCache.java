package dev.midframe.ffi.tensorrt;

import java.lang.foreign.MemorySegment;

/** Measurements of earlier builds. */
public interface ITimingCache extends Destroyable {

    MemorySegment serialize();
}
