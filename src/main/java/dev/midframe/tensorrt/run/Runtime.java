package dev.midframe.tensorrt.run;

import dev.midframe.ffi.tensorrt.VirtualMethod;
import dev.midframe.ffi.tensorrt.generated.IRuntime_deserializeCudaEngine;
import dev.midframe.tensorrt.Owned;
import dev.midframe.tensorrt.TensorRt;
import dev.midframe.tensorrt.TensorRtException;
import java.lang.foreign.MemorySegment;

/** Makes engines of their serialized form on the current device; outlives them. */
public final class Runtime extends Owned {

    private final VirtualMethod deserialize = method(IRuntime_deserializeCudaEngine.class);

    /** Owns the {@code IRuntime} at an address. */
    public Runtime(TensorRt tensorRt, MemorySegment address) {
        super(tensorRt, "IRuntime", address, "createInferRuntime");
    }

    /**
     * Makes an engine.
     *
     * @param plan native memory, free to go after the return
     * @throws TensorRtException when it was built by another version or for another GPU, or does not fit
     */
    public Engine deserialize(MemorySegment plan) {
        tensorRt().forgetErrors();
        return new Engine(
                tensorRt(),
                IRuntime_deserializeCudaEngine.invoke(
                        deserialize.address(), deserialize.self(), plan, plan.byteSize()));
    }
}
