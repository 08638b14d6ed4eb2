package dev.midframe.interpolation;

import java.util.Locale;

/** Which engine is asked for. */
public enum Backend {
    /** The best that works on this machine. */
    AUTO,
    /** ONNX Runtime on the CPU. */
    CPU,
    /** TensorRT on an NVIDIA GPU. */
    TENSORRT;

    /** The name users write: {@code auto}, {@code cpu}, {@code tensorrt}. */
    public String nick() {
        return name().toLowerCase(Locale.ROOT);
    }
}
