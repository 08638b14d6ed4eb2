package dev.midframe.tensorrt.build;

import dev.midframe.ffi.tensorrt.IBuilderConfig;
import dev.midframe.tensorrt.Owned;
import dev.midframe.tensorrt.TensorRt;
import java.lang.foreign.MemorySegment;

/** How to build. */
final class BuilderConfig extends Owned<IBuilderConfig> {

    private static final int POOL_WORKSPACE = 0;
    private static final int FLAG_TF32 = 6;

    BuilderConfig(TensorRt tensorRt, MemorySegment address) {
        super(tensorRt, IBuilderConfig.class, address, "createBuilderConfig");
    }

    /** Device memory that a layer may use while it runs, in bytes. */
    void workspace(long bytes) {
        object().setMemoryPoolLimit(POOL_WORKSPACE, bytes);
    }

    /** 0 (fast build) to 5 (fast engine). */
    void optimizationLevel(int level) {
        object().setBuilderOptimizationLevel(level);
    }

    /** Keeps 32-bit arithmetic at 32 bits; otherwise tensor cores round its factors to 10 bits of mantissa. */
    void withoutTf32() {
        object().clearFlag(FLAG_TF32);
    }

    /** Takes what {@link TimingCache#serialize} gave; empty for a new cache. The result is closed after this object's use. */
    TimingCache useTimingCache(MemorySegment data) {
        TimingCache cache = new TimingCache(tensorRt(), object().createTimingCache(data, data.byteSize()));
        try {
            tensorRt().require(object().setTimingCache(cache.address(), false), "setTimingCache");
            return cache;
        } catch (RuntimeException e) {
            cache.close();
            throw e;
        }
    }

    /** @param monitor must live until the build ends */
    void progressMonitor(MemorySegment monitor) {
        object().setProgressMonitor(monitor);
    }
}
