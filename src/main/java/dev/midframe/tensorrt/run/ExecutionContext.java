package dev.midframe.tensorrt.run;

import dev.midframe.ffi.tensorrt.VirtualMethod;
import dev.midframe.ffi.tensorrt.generated.IExecutionContext_enqueueV3;
import dev.midframe.ffi.tensorrt.generated.IExecutionContext_setDeviceMemoryV2;
import dev.midframe.ffi.tensorrt.generated.IExecutionContext_setProfiler;
import dev.midframe.ffi.tensorrt.generated.IExecutionContext_setTensorAddress;
import dev.midframe.tensorrt.Owned;
import dev.midframe.tensorrt.TensorRt;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An engine at work, for one thread at a time. */
public final class ExecutionContext extends Owned {

    private final VirtualMethod setDeviceMemory = method(IExecutionContext_setDeviceMemoryV2.class);
    private final VirtualMethod setTensorAddress = method(IExecutionContext_setTensorAddress.class);
    private final VirtualMethod enqueue = method(IExecutionContext_enqueueV3.class);
    private final Map<String, MemorySegment> names = new ConcurrentHashMap<>();

    ExecutionContext(TensorRt tensorRt, MemorySegment address) {
        super(tensorRt, "IExecutionContext", address, "createExecutionContext");
    }

    /** Memory of at least {@link Engine#scratchBytes}; several contexts may share it when they run one after the other. */
    public void scratch(long address, long bytes) {
        IExecutionContext_setDeviceMemoryV2.invoke(
                setDeviceMemory.address(), setDeviceMemory.self(), MemorySegment.ofAddress(address), bytes);
    }

    /** Has every layer of every {@link #enqueue} timed; enqueue then waits for them. Not for what a CUDA graph is made of. */
    public void profile(LayerProfiler profiler) {
        VirtualMethod setProfiler = method(IExecutionContext_setProfiler.class);
        IExecutionContext_setProfiler.invoke(setProfiler.address(), setProfiler.self(), profiler.address());
    }

    /** Where a tensor lies on the device from the next {@link #enqueue} on. */
    public void bind(String tensor, long address) {
        MemorySegment name = names.computeIfAbsent(tensor, lifetime()::allocateFrom);
        boolean bound = IExecutionContext_setTensorAddress.invoke(
                setTensorAddress.address(), setTensorAddress.self(), name, MemorySegment.ofAddress(address));
        if (!bound) {
            throw tensorRt().failure("setTensorAddress(" + tensor + ") failed");
        }
    }

    /**
     * A run that can be started again.
     *
     * @param tensors device address by name, for every input and output
     */
    public FilmWork.Step run(Map<String, Long> tensors) {
        return stream -> {
            tensors.forEach(this::bind);
            enqueue(stream);
        };
    }

    /** Starts the engine on a stream. */
    public void enqueue(MemorySegment stream) {
        tensorRt().require(IExecutionContext_enqueueV3.invoke(enqueue.address(), enqueue.self(), stream), "enqueueV3");
    }
}
