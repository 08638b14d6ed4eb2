package dev.midframe.ffi.tensorrt;

import java.lang.foreign.MemorySegment;

/** How to build. */
public interface IBuilderConfig extends Destroyable {

    void setMemoryPoolLimit(int pool, long bytes);

    void setFlag(int flag);

    void clearFlag(int flag);

    void setBuilderOptimizationLevel(int level);

    MemorySegment createTimingCache(MemorySegment data, long size);

    boolean setTimingCache(MemorySegment cache, boolean ignoreMismatch);

    void setProgressMonitor(MemorySegment monitor);
}
