package dev.midframe.tensorrt.build;

import dev.midframe.ffi.tensorrt.INetworkDefinition;
import dev.midframe.tensorrt.Owned;
import dev.midframe.tensorrt.TensorRt;
import java.lang.foreign.MemorySegment;

/** A network before it is built. */
public final class NetworkDefinition extends Owned<INetworkDefinition> {

    NetworkDefinition(TensorRt tensorRt, MemorySegment address) {
        super(tensorRt, INetworkDefinition.class, address, "createNetworkV2");
    }

    int layers() {
        return object().getNbLayers();
    }
}
