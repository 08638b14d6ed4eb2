package dev.midframe.ffi.tensorrt;

import java.lang.foreign.MemorySegment;

/** A network before it is built. */
public interface INetworkDefinition extends Destroyable {

    int getNbInputs();

    MemorySegment getInput(int index);

    int getNbOutputs();

    MemorySegment getOutput(int index);

    int getNbLayers();
}
