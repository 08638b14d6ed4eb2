package dev.midframe.tensorrt.run;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.tensorrt.Shape;
import dev.midframe.ffi.tensorrt.VirtualMethod;
import dev.midframe.ffi.tensorrt.generated.ICudaEngine_createEngineInspector;
import dev.midframe.ffi.tensorrt.generated.ICudaEngine_createExecutionContext;
import dev.midframe.ffi.tensorrt.generated.ICudaEngine_getDeviceMemorySizeV2;
import dev.midframe.ffi.tensorrt.generated.ICudaEngine_getIOTensorName;
import dev.midframe.ffi.tensorrt.generated.ICudaEngine_getNbIOTensors;
import dev.midframe.ffi.tensorrt.generated.ICudaEngine_getTensorDataType;
import dev.midframe.ffi.tensorrt.generated.ICudaEngine_getTensorIOMode;
import dev.midframe.ffi.tensorrt.generated.ICudaEngine_getTensorShape;
import dev.midframe.tensorrt.Owned;
import dev.midframe.tensorrt.TensorRt;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;

/** A built network with its weights on the device; outlives its contexts. */
public final class Engine extends Owned {

    private static final int ALLOCATION_USER_MANAGED = 2;
    private static final int MODE_INPUT = 1;

    private final VirtualMethod getNbIOTensors = method(ICudaEngine_getNbIOTensors.class);
    private final VirtualMethod getIOTensorName = method(ICudaEngine_getIOTensorName.class);
    private final VirtualMethod getTensorIOMode = method(ICudaEngine_getTensorIOMode.class);
    private final VirtualMethod getTensorDataType = method(ICudaEngine_getTensorDataType.class);
    private final VirtualMethod getTensorShape = method(ICudaEngine_getTensorShape.class);
    private final VirtualMethod getDeviceMemorySize = method(ICudaEngine_getDeviceMemorySizeV2.class);
    private final VirtualMethod createContext = method(ICudaEngine_createExecutionContext.class);

    Engine(TensorRt tensorRt, MemorySegment address) {
        super(tensorRt, "ICudaEngine", address, "deserializeCudaEngine");
    }

    /** What goes in and out. */
    public List<EngineTensor> tensors() {
        int count = ICudaEngine_getNbIOTensors.invoke(getNbIOTensors.address(), getNbIOTensors.self());
        return IntStream.range(0, count).mapToObj(this::tensor).toList();
    }

    private EngineTensor tensor(int index) {
        MemorySegment name =
                ICudaEngine_getIOTensorName.invoke(getIOTensorName.address(), getIOTensorName.self(), index);
        int mode = ICudaEngine_getTensorIOMode.invoke(getTensorIOMode.address(), getTensorIOMode.self(), name);
        int type = ICudaEngine_getTensorDataType.invoke(getTensorDataType.address(), getTensorDataType.self(), name);
        try (Arena arena = Arena.ofConfined()) {
            Shape shape = Shape.of(
                    ICudaEngine_getTensorShape.invoke(getTensorShape.address(), arena, getTensorShape.self(), name));
            return new EngineTensor(Memory.text(name), mode == MODE_INPUT, DataType.of(type), shape);
        }
    }

    /** Device memory that a context needs for its own, in bytes. */
    public long scratchBytes() {
        return ICudaEngine_getDeviceMemorySizeV2.invoke(getDeviceMemorySize.address(), getDeviceMemorySize.self());
    }

    /** What TensorRT made of the network's layers, as JSON. */
    public String describe() {
        VirtualMethod createInspector = method(ICudaEngine_createEngineInspector.class);
        try (EngineInspector inspector = new EngineInspector(
                tensorRt(),
                ICudaEngine_createEngineInspector.invoke(createInspector.address(), createInspector.self()))) {
            return inspector.json();
        }
    }

    /** A context without scratch memory: give it some before it is used. */
    public ExecutionContext createContext() {
        return new ExecutionContext(
                tensorRt(),
                ICudaEngine_createExecutionContext.invoke(
                        createContext.address(), createContext.self(), ALLOCATION_USER_MANAGED));
    }
}
