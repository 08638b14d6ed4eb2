package dev.midframe.onnx;

import ai.onnxruntime.OrtEnvironment;
import dev.midframe.interpolation.InterpolationException;

/** The only way to ONNX Runtime's environment, so that nobody makes it before {@link Telemetry} was refused. */
final class OrtLibrary {

    private OrtLibrary() {}

    /** Loads the library and makes its environment, unless that was done before. */
    static OrtEnvironment environment() {
        Telemetry.refuse();
        try {
            return OrtEnvironment.getEnvironment();
        } catch (LinkageError e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new InterpolationException("cannot load ONNX Runtime: " + reason.getMessage(), e);
        }
    }
}
