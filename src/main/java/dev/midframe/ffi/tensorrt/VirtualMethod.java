package dev.midframe.ffi.tensorrt;

import java.lang.foreign.MemorySegment;

/**
 * A virtual method of one object, to be called as {@code IBuilder_createNetworkV2.invoke(method.address(), method.self(), 0)}.
 *
 * @param address of its code
 * @param self {@code this} of the call
 */
public record VirtualMethod(MemorySegment address, MemorySegment self) {}
