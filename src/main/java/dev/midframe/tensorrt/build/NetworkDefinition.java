package dev.midframe.tensorrt.build;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.tensorrt.VirtualMethod;
import dev.midframe.ffi.tensorrt.generated.INetworkDefinition_getInput;
import dev.midframe.ffi.tensorrt.generated.INetworkDefinition_getNbInputs;
import dev.midframe.ffi.tensorrt.generated.INetworkDefinition_getNbLayers;
import dev.midframe.ffi.tensorrt.generated.INetworkDefinition_getNbOutputs;
import dev.midframe.ffi.tensorrt.generated.INetworkDefinition_getOutput;
import dev.midframe.ffi.tensorrt.generated.ITensor_getName;
import dev.midframe.ffi.tensorrt.generated.ITensor_setAllowedFormats;
import dev.midframe.film.graph.Precision;
import dev.midframe.tensorrt.Owned;
import dev.midframe.tensorrt.TensorRt;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/** A network before it is built. */
public final class NetworkDefinition extends Owned {

    /** TensorRT's formats (TensorFormat): channels last, of 16-bit numbers in vectors of eight, and of 32-bit numbers. */
    private static final int HWC8 = 2;

    private static final int HWC = 8;

    private final VirtualMethod getNbLayers = method(INetworkDefinition_getNbLayers.class);

    NetworkDefinition(TensorRt tensorRt, MemorySegment address) {
        super(tensorRt, "INetworkDefinition", address, "createNetworkV2");
    }

    /**
     * Has inputs and outputs lie with their channels together.
     *
     * @param precision of these tensors
     */
    void channelsLast(Set<String> names, Precision precision) {
        if (names.isEmpty()) {
            return;
        }
        VirtualMethod inputs = method(INetworkDefinition_getNbInputs.class);
        VirtualMethod input = method(INetworkDefinition_getInput.class);
        VirtualMethod outputs = method(INetworkDefinition_getNbOutputs.class);
        VirtualMethod output = method(INetworkDefinition_getOutput.class);
        int format = precision == Precision.FP16 ? HWC8 : HWC;
        for (int index = 0; index < INetworkDefinition_getNbInputs.invoke(inputs.address(), inputs.self()); index++) {
            allow(INetworkDefinition_getInput.invoke(input.address(), input.self(), index), names, format);
        }
        for (int index = 0;
                index < INetworkDefinition_getNbOutputs.invoke(outputs.address(), outputs.self());
                index++) {
            allow(INetworkDefinition_getOutput.invoke(output.address(), output.self(), index), names, format);
        }
    }

    private void allow(MemorySegment tensor, Set<String> names, int format) {
        VirtualMethod name = tensorRt().slots().method(ITensor_getName.class, tensor, lifetime());
        if (names.contains(Memory.text(ITensor_getName.invoke(name.address(), name.self())))) {
            VirtualMethod allow = tensorRt().slots().method(ITensor_setAllowedFormats.class, tensor, lifetime());
            ITensor_setAllowedFormats.invoke(allow.address(), allow.self(), 1 << format);
        }
    }

    int layers() {
        return INetworkDefinition_getNbLayers.invoke(getNbLayers.address(), getNbLayers.self());
    }
}
