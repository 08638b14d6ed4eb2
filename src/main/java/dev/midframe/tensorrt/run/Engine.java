package dev.midframe.tensorrt.run;

import dev.midframe.ffi.tensorrt.ICudaEngine;
import dev.midframe.tensorrt.Owned;
import dev.midframe.tensorrt.TensorRt;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;

/** A built network with its weights on the device; outlives its contexts. */
public final class Engine extends Owned<ICudaEngine> {

    private static final int ALLOCATION_USER_MANAGED = 2;
    private static final int MODE_INPUT = 1;

    Engine(TensorRt tensorRt, MemorySegment address) {
        super(tensorRt, ICudaEngine.class, address, "deserializeCudaEngine");
    }

    /** What goes in and out. */
    public List<EngineTensor> tensors() {
        return IntStream.range(0, object().getNbIOTensors())
                .mapToObj(object()::getIOTensorName)
                .map(name -> new EngineTensor(
                        name,
                        object().getTensorIOMode(name) == MODE_INPUT,
                        DataType.of(object().getTensorDataType(name)),
                        object().getTensorShape(name)))
                .toList();
    }

    int layers() {
        return object().getNbLayers();
    }

    /** Device memory that a context needs for its own, in bytes. */
    public long scratchBytes() {
        return object().getDeviceMemorySizeV2();
    }

    /** A context without scratch memory: give it some before it is used. */
    public ExecutionContext createContext() {
        return new ExecutionContext(tensorRt(), object().createExecutionContext(ALLOCATION_USER_MANAGED));
    }
}
