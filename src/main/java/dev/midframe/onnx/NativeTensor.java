package dev.midframe.onnx;

import ai.onnxruntime.OnnxTensor;
import java.lang.foreign.MemorySegment;

/** Native memory and ONNX Runtime's view of it. Closing ends the view; the memory is its arena's. */
record NativeTensor(MemorySegment memory, OnnxTensor tensor) implements AutoCloseable {

    @Override
    public void close() {
        tensor.close();
    }
}
