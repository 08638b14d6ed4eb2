package dev.midframe.tensorrt.cuda;

import dev.midframe.tensorrt.TensorRtException;

/** The GPU, or pinned host memory, is full. */
public final class GpuMemoryException extends TensorRtException {

    private static final long serialVersionUID = 1L;

    public GpuMemoryException(String message) {
        super(message);
    }
}
