package dev.midframe.tensorrt.build;

import dev.midframe.ffi.tensorrt.VirtualMethod;
import dev.midframe.ffi.tensorrt.generated.IBuilder_buildSerializedNetwork;
import dev.midframe.ffi.tensorrt.generated.IBuilder_createBuilderConfig;
import dev.midframe.ffi.tensorrt.generated.IBuilder_createNetworkV2;
import dev.midframe.tensorrt.Owned;
import dev.midframe.tensorrt.TensorRt;
import java.lang.foreign.MemorySegment;

/** Builds engines. */
public final class Builder extends Owned {

    /** {@code NetworkDefinitionCreationFlag} of TensorRT 10; 11 knows no other networks. */
    private static final int STRONGLY_TYPED = 1 << 1;

    private final VirtualMethod createNetwork = method(IBuilder_createNetworkV2.class);
    private final VirtualMethod createConfig = method(IBuilder_createBuilderConfig.class);
    private final VirtualMethod build = method(IBuilder_buildSerializedNetwork.class);

    /** Owns the {@code IBuilder} at an address. */
    public Builder(TensorRt tensorRt, MemorySegment address) {
        super(tensorRt, "IBuilder", address, "createInferBuilder");
    }

    /** A strongly typed network: every number format is the model's. */
    NetworkDefinition createNetwork() {
        int flags = tensorRt().major() == 10 ? STRONGLY_TYPED : 0;
        return new NetworkDefinition(
                tensorRt(), IBuilder_createNetworkV2.invoke(createNetwork.address(), createNetwork.self(), flags));
    }

    BuilderConfig createConfig() {
        return new BuilderConfig(
                tensorRt(), IBuilder_createBuilderConfig.invoke(createConfig.address(), createConfig.self()));
    }

    /** Builds; takes seconds to minutes. The network's parser must still be open. */
    HostMemory build(NetworkDefinition network, BuilderConfig config) {
        tensorRt().forgetErrors();
        MemorySegment plan = IBuilder_buildSerializedNetwork.invoke(
                build.address(), build.self(), network.address(), config.address());
        return new HostMemory(tensorRt(), plan, "buildSerializedNetwork");
    }
}
