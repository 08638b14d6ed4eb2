package dev.midframe.ffi.tensorrt;

import dev.midframe.ffi.Functions;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/**
 * Where libnvinfer's C functions are, to be called by the generated classes of the same names. The factories may only be called
 * when the CUDA driver has a device: without one they return garbage or end the process.
 */
public record NvInfer(
        MemorySegment getInferLibVersion,
        MemorySegment createInferBuilder_INTERNAL,
        MemorySegment createInferRuntime_INTERNAL) {

    /**
     * Finds them all.
     *
     * @param symbols of libnvinfer; must live as long as the result
     * @throws UnsatisfiedLinkError naming the first function that is missing
     */
    public static NvInfer in(SymbolLookup symbols) {
        return Functions.find(NvInfer.class, symbols);
    }
}
