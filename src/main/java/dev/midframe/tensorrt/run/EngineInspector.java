package dev.midframe.tensorrt.run;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.tensorrt.VirtualMethod;
import dev.midframe.ffi.tensorrt.generated.IEngineInspector_getEngineInformation;
import dev.midframe.tensorrt.Owned;
import dev.midframe.tensorrt.TensorRt;
import java.lang.foreign.MemorySegment;

/** Says what an engine is made of. */
final class EngineInspector extends Owned {

    private static final int FORMAT_JSON = 1;

    EngineInspector(TensorRt tensorRt, MemorySegment address) {
        super(tensorRt, "IEngineInspector", address, "createEngineInspector");
    }

    String json() {
        VirtualMethod information = method(IEngineInspector_getEngineInformation.class);
        String json = Memory.text(
                IEngineInspector_getEngineInformation.invoke(information.address(), information.self(), FORMAT_JSON));
        if (json == null) {
            throw tensorRt().failure("getEngineInformation gave nothing");
        }
        return json;
    }
}
