package dev.midframe.tensorrt;

import dev.midframe.binding.tensorrt.INetworkDefinition;
import java.lang.foreign.MemorySegment;

/** A network before it is built. */
final class NetworkDefinition extends Owned<INetworkDefinition> {

    NetworkDefinition(TensorRt tensorRt, MemorySegment address) {
        super(tensorRt, INetworkDefinition.class, address, "createNetworkV2");
    }

    int layers() {
        return object().getNbLayers();
    }
}
