package dev.midframe.tensorrt.run;

import dev.midframe.ffi.tensorrt.IExecutionContext;
import dev.midframe.tensorrt.Owned;
import dev.midframe.tensorrt.TensorRt;
import java.lang.foreign.MemorySegment;

/** An engine at work, for one thread at a time. */
public final class ExecutionContext extends Owned<IExecutionContext> {

    ExecutionContext(TensorRt tensorRt, MemorySegment address) {
        super(tensorRt, IExecutionContext.class, address, "createExecutionContext");
    }

    /** Memory of at least {@link Engine#scratchBytes}; several contexts may share it when they run one after the other. */
    public void scratch(long address, long bytes) {
        object().setDeviceMemoryV2(MemorySegment.ofAddress(address), bytes);
    }

    /** Where a tensor lies on the device from the next {@link #enqueue} on. */
    void bind(String tensor, long address) {
        tensorRt()
                .require(
                        object().setTensorAddress(tensor, MemorySegment.ofAddress(address)),
                        "setTensorAddress(" + tensor + ")");
    }

    /** Starts the engine on a stream. */
    void enqueue(MemorySegment stream) {
        tensorRt().require(object().enqueueV3(stream), "enqueueV3");
    }
}
