package dev.midframe.onnx;

import dev.midframe.ffi.NativeFunctions;
import dev.midframe.interpolation.InterpolationException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;

/**
 * Keeps ONNX Runtime from reporting to its maker. Since 1.29 it does so on Linux, too, from the moment its environment is
 * made, keeps an identifier in the user's cache, and ends the process when the command line is longer than some 4,000
 * characters (its pattern search runs out of stack). Only a variable set before stops all of it.
 */
final class Telemetry {

    private static final String VARIABLE = "ORT_DISABLE_TELEMETRY";

    private Telemetry() {}

    /** A function of the C library. */
    interface Environment {

        int setenv(long name, long value, int overwrite);
    }

    /** Must run before ONNX Runtime's environment is made; what the user has set stays. */
    static void refuse() {
        if (System.getenv(VARIABLE) != null) {
            return;
        }
        Environment environment =
                NativeFunctions.bind(Environment.class, Linker.nativeLinker().defaultLookup());
        try (Arena arena = Arena.ofConfined()) {
            long name = arena.allocateFrom(VARIABLE).address();
            if (environment.setenv(name, arena.allocateFrom("1").address(), 0) != 0) {
                throw new InterpolationException("cannot set " + VARIABLE + "; set it to 1 before starting");
            }
        }
    }
}
