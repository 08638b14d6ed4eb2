package dev.midframe.ffi.tensorrt;

import java.lang.foreign.MemorySegment;

/** Makes networks and builds engines of them. */
public interface IBuilder extends Destroyable {

    MemorySegment createNetworkV2(int flags);

    MemorySegment createBuilderConfig();

    MemorySegment buildSerializedNetwork(MemorySegment network, MemorySegment config);
}
