package dev.midframe.tensorrt;

/** The GPU, or pinned host memory, is full. */
public final class GpuMemoryException extends TensorRtException {

    private static final long serialVersionUID = 1L;

    GpuMemoryException(String message) {
        super(message);
    }
}
