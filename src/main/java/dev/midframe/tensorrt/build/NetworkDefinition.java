package dev.midframe.tensorrt.build;

import dev.midframe.ffi.tensorrt.VirtualMethod;
import dev.midframe.ffi.tensorrt.generated.INetworkDefinition_getNbLayers;
import dev.midframe.tensorrt.Owned;
import dev.midframe.tensorrt.TensorRt;
import java.lang.foreign.MemorySegment;

/** A network before it is built. */
public final class NetworkDefinition extends Owned {

    private final VirtualMethod getNbLayers = method(INetworkDefinition_getNbLayers.class);

    NetworkDefinition(TensorRt tensorRt, MemorySegment address) {
        super(tensorRt, "INetworkDefinition", address, "createNetworkV2");
    }

    int layers() {
        return INetworkDefinition_getNbLayers.invoke(getNbLayers.address(), getNbLayers.self());
    }
}
