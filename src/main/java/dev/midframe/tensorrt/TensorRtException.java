package dev.midframe.tensorrt;

import dev.midframe.interpolation.InterpolationException;

/** CUDA or TensorRT is missing, refused a call or failed. One line: what, with what, what to do. */
public class TensorRtException extends InterpolationException {

    private static final long serialVersionUID = 1L;

    public TensorRtException(String message) {
        super(message);
    }

    public TensorRtException(String message, Throwable cause) {
        super(message, cause);
    }
}
