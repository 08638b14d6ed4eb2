package dev.midframe.tensorrt.build;

import dev.midframe.ffi.tensorrt.VirtualMethod;
import dev.midframe.ffi.tensorrt.generated.IBuilderConfig_clearFlag;
import dev.midframe.ffi.tensorrt.generated.IBuilderConfig_createTimingCache;
import dev.midframe.ffi.tensorrt.generated.IBuilderConfig_setBuilderOptimizationLevel;
import dev.midframe.ffi.tensorrt.generated.IBuilderConfig_setMemoryPoolLimit;
import dev.midframe.ffi.tensorrt.generated.IBuilderConfig_setProfilingVerbosity;
import dev.midframe.ffi.tensorrt.generated.IBuilderConfig_setProgressMonitor;
import dev.midframe.ffi.tensorrt.generated.IBuilderConfig_setTimingCache;
import dev.midframe.tensorrt.Owned;
import dev.midframe.tensorrt.TensorRt;
import java.lang.foreign.MemorySegment;

/** How to build. */
final class BuilderConfig extends Owned {

    private static final int POOL_WORKSPACE = 0;
    private static final int FLAG_TF32 = 6;
    private static final int VERBOSITY_DETAILED = 2;

    private final VirtualMethod setMemoryPoolLimit = method(IBuilderConfig_setMemoryPoolLimit.class);
    private final VirtualMethod setOptimizationLevel = method(IBuilderConfig_setBuilderOptimizationLevel.class);
    private final VirtualMethod clearFlag = method(IBuilderConfig_clearFlag.class);
    private final VirtualMethod createTimingCache = method(IBuilderConfig_createTimingCache.class);
    private final VirtualMethod setTimingCache = method(IBuilderConfig_setTimingCache.class);
    private final VirtualMethod setProfilingVerbosity = method(IBuilderConfig_setProfilingVerbosity.class);
    private final VirtualMethod setProgressMonitor = method(IBuilderConfig_setProgressMonitor.class);

    BuilderConfig(TensorRt tensorRt, MemorySegment address) {
        super(tensorRt, "IBuilderConfig", address, "createBuilderConfig");
    }

    /** Device memory that a layer may use while it runs, in bytes. */
    void workspace(long bytes) {
        IBuilderConfig_setMemoryPoolLimit.invoke(
                setMemoryPoolLimit.address(), setMemoryPoolLimit.self(), POOL_WORKSPACE, bytes);
    }

    /** 0 (fast build) to 5 (fast engine). */
    void optimizationLevel(int level) {
        IBuilderConfig_setBuilderOptimizationLevel.invoke(
                setOptimizationLevel.address(), setOptimizationLevel.self(), level);
    }

    /** Keeps 32-bit arithmetic at 32 bits; otherwise tensor cores round its factors to 10 bits of mantissa. */
    void withoutTf32() {
        IBuilderConfig_clearFlag.invoke(clearFlag.address(), clearFlag.self(), FLAG_TF32);
    }

    /** Keeps in the engine which formats and kernels its layers have: for the profile alone, it runs as fast. */
    void layerDetails() {
        IBuilderConfig_setProfilingVerbosity.invoke(
                setProfilingVerbosity.address(), setProfilingVerbosity.self(), VERBOSITY_DETAILED);
    }

    /** Takes what {@link TimingCache#serialize} gave; empty for a new cache. The result is closed after this object's use. */
    TimingCache useTimingCache(MemorySegment data) {
        TimingCache cache = new TimingCache(
                tensorRt(),
                IBuilderConfig_createTimingCache.invoke(
                        createTimingCache.address(), createTimingCache.self(), data, data.byteSize()));
        try {
            tensorRt()
                    .require(
                            IBuilderConfig_setTimingCache.invoke(
                                    setTimingCache.address(), setTimingCache.self(), cache.address(), false),
                            "setTimingCache");
            return cache;
        } catch (RuntimeException e) {
            cache.close();
            throw e;
        }
    }

    /** @param monitor must live until the build ends */
    void progressMonitor(MemorySegment monitor) {
        IBuilderConfig_setProgressMonitor.invoke(setProgressMonitor.address(), setProgressMonitor.self(), monitor);
    }
}
