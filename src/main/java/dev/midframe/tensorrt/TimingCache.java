package dev.midframe.tensorrt;

import dev.midframe.binding.tensorrt.ITimingCache;
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
