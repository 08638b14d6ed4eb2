package dev.midframe.ffi.tensorrt;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Reads an ONNX model into a network. */
public interface IParser extends Destroyable {

    boolean parse(MemorySegment model, long size, @Nullable String path);

    boolean supportsOperator(String name);

    int getNbErrors();

    MemorySegment getError(int index);
}
