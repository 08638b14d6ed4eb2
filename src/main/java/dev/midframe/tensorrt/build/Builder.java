package dev.midframe.tensorrt.build;

import dev.midframe.ffi.tensorrt.IBuilder;
import dev.midframe.tensorrt.Owned;
import dev.midframe.tensorrt.TensorRt;
import java.lang.foreign.MemorySegment;

/** Builds engines. */
public final class Builder extends Owned<IBuilder> {

    /** {@code NetworkDefinitionCreationFlag} of TensorRT 10; 11 knows no other networks. */
    private static final int STRONGLY_TYPED = 1 << 1;

    public Builder(TensorRt tensorRt, MemorySegment address) {
        super(tensorRt, IBuilder.class, address, "createInferBuilder");
    }

    /** A strongly typed network: every number format is the model's. */
    NetworkDefinition createNetwork() {
        return new NetworkDefinition(
                tensorRt(), object().createNetworkV2(tensorRt().major() == 10 ? STRONGLY_TYPED : 0));
    }

    BuilderConfig createConfig() {
        return new BuilderConfig(tensorRt(), object().createBuilderConfig());
    }

    /** Builds; takes seconds to minutes. The network's parser must still be open. */
    HostMemory build(NetworkDefinition network, BuilderConfig config) {
        tensorRt().forgetErrors();
        return new HostMemory(
                tensorRt(),
                object().buildSerializedNetwork(network.address(), config.address()),
                "buildSerializedNetwork");
    }
}
