package dev.midframe.testkit.gpu;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.midframe.ffi.tensorrt.FakeObject;
import dev.midframe.ffi.tensorrt.generated.INetworkDefinition_getInput;
import dev.midframe.ffi.tensorrt.generated.INetworkDefinition_getNbInputs;
import dev.midframe.ffi.tensorrt.generated.INetworkDefinition_getNbLayers;
import dev.midframe.ffi.tensorrt.generated.INetworkDefinition_getNbOutputs;
import dev.midframe.ffi.tensorrt.generated.INetworkDefinition_getOutput;
import dev.midframe.ffi.tensorrt.generated.ITensor_getName;
import dev.midframe.ffi.tensorrt.generated.ITensor_setAllowedFormats;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/** A network that the parser has filled; in which formats its inputs and outputs lie is kept in the model's metadata. */
final class FakeNetwork {

    private final FakeTensorRt tensorRt;
    private final Map<Long, byte[]> models;
    private final FakeObject object;

    /** @param models what the parser has read, by the network's address */
    FakeNetwork(FakeTensorRt tensorRt, Map<Long, byte[]> models) {
        this.tensorRt = tensorRt;
        this.models = models;
        this.object = tensorRt.object("INetworkDefinition")
                .with(INetworkDefinition_getNbLayers.Function.class, self -> 7)
                .with(INetworkDefinition_getNbInputs.Function.class, self -> graph().getInputCount())
                .with(
                        INetworkDefinition_getInput.Function.class,
                        (self, index) -> tensor(graph().getInput(index).getName()))
                .with(INetworkDefinition_getNbOutputs.Function.class, self -> graph().getOutputCount())
                .with(
                        INetworkDefinition_getOutput.Function.class,
                        (self, index) -> tensor(graph().getOutput(index).getName()));
    }

    /** The {@code INetworkDefinition}. */
    MemorySegment address() {
        return object.address();
    }

    private GraphProto graph() {
        return model().getGraph();
    }

    private ModelProto model() {
        try {
            return ModelProto.parseFrom(models.get(object.address().address()));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private MemorySegment tensor(String name) {
        return tensorRt.object("ITensor")
                .with(ITensor_getName.Function.class, self -> Arena.global().allocateFrom(name))
                .with(ITensor_setAllowedFormats.Function.class, (self, formats) -> {
                    tensorRt.settings().add(name + " in formats " + formats);
                    ModelProto noted = model().toBuilder()
                            .addMetadataProps(
                                    StringStringEntryProto.newBuilder().setKey(name))
                            .build();
                    models.put(object.address().address(), noted.toByteArray());
                })
                .address();
    }
}
