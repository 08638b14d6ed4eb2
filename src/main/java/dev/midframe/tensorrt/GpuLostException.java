package dev.midframe.tensorrt;

/** After an illegal access, for example, a GPU does no more for this program: every call fails until it is started again. */
public final class GpuLostException extends TensorRtException {

    private static final long serialVersionUID = 1L;

    public GpuLostException(String message) {
        super(message);
    }
}
