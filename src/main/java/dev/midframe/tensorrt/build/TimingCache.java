package dev.midframe.tensorrt.build;

import dev.midframe.ffi.tensorrt.ITimingCache;
import dev.midframe.tensorrt.Owned;
import dev.midframe.tensorrt.TensorRt;
import java.lang.foreign.MemorySegment;

/** What earlier builds measured; makes later ones faster and equal. */
final class TimingCache extends Owned<ITimingCache> {

    TimingCache(TensorRt tensorRt, MemorySegment address) {
        super(tensorRt, ITimingCache.class, address, "createTimingCache");
    }

    HostMemory serialize() {
        return new HostMemory(tensorRt(), object().serialize(), "serialize");
    }
}
