package dev.midframe.ffi.tensorrt;

import java.lang.foreign.MemorySegment;

/** A built network on a device. */
public interface ICudaEngine extends Destroyable {

    int getNbIOTensors();

    String getIOTensorName(int index);

    Dims getTensorShape(String name);

    int getTensorDataType(String name);

    int getTensorIOMode(String name);

    int getNbLayers();

    long getDeviceMemorySizeV2();

    MemorySegment createExecutionContext(int allocation);
}
