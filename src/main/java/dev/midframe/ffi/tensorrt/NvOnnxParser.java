package dev.midframe.ffi.tensorrt;

import dev.midframe.ffi.Functions;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/** Where libnvonnxparser's C function is, to be called by the generated class of the same name. */
public record NvOnnxParser(MemorySegment createNvOnnxParser_INTERNAL) {

    /**
     * Finds it.
     *
     * @param symbols of libnvonnxparser; must live as long as the result
     * @throws UnsatisfiedLinkError naming the function when it is missing
     */
    public static NvOnnxParser in(SymbolLookup symbols) {
        return Functions.find(NvOnnxParser.class, symbols);
    }
}
