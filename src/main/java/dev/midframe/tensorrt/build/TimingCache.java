package dev.midframe.tensorrt.build;

import dev.midframe.ffi.tensorrt.VirtualMethod;
import dev.midframe.ffi.tensorrt.generated.ITimingCache_serialize;
import dev.midframe.tensorrt.Owned;
import dev.midframe.tensorrt.TensorRt;
import java.lang.foreign.MemorySegment;

/** What earlier builds measured; makes later ones faster and equal. */
final class TimingCache extends Owned {

    private final VirtualMethod serialize = method(ITimingCache_serialize.class);

    TimingCache(TensorRt tensorRt, MemorySegment address) {
        super(tensorRt, "ITimingCache", address, "createTimingCache");
    }

    HostMemory serialize() {
        return new HostMemory(
                tensorRt(), ITimingCache_serialize.invoke(serialize.address(), serialize.self()), "serialize");
    }
}
