package dev.midframe.tensorrt.run;

import dev.midframe.ffi.tensorrt.IRuntime;
import dev.midframe.tensorrt.Owned;
import dev.midframe.tensorrt.TensorRt;
import dev.midframe.tensorrt.TensorRtException;
import java.lang.foreign.MemorySegment;

/** Makes engines of their serialized form on the current device; outlives them. */
public final class Runtime extends Owned<IRuntime> {

    public Runtime(TensorRt tensorRt, MemorySegment address) {
        super(tensorRt, IRuntime.class, address, "createInferRuntime");
    }

    /**
     * @param plan native memory, free to go after the return
     * @throws TensorRtException when it was built by another version or for another GPU, or does not fit
     */
    public Engine deserialize(MemorySegment plan) {
        tensorRt().forgetErrors();
        return new Engine(tensorRt(), object().deserializeCudaEngine(plan, plan.byteSize()));
    }
}
