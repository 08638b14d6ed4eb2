package dev.midframe.tensorrt;

import dev.midframe.binding.tensorrt.IRuntime;
import java.lang.foreign.MemorySegment;

/** Makes engines of their serialized form on the current device; outlives them. */
final class Runtime extends Owned<IRuntime> {

    Runtime(TensorRt tensorRt, MemorySegment address) {
        super(tensorRt, IRuntime.class, address, "createInferRuntime");
    }

    /**
     * @param plan native memory, free to go after the return
     * @throws TensorRtException when it was built by another version or for another GPU, or does not fit
     */
    Engine deserialize(MemorySegment plan) {
        tensorRt().forgetErrors();
        return new Engine(tensorRt(), object().deserializeCudaEngine(plan, plan.byteSize()));
    }
}
