package dev.midframe.onnx;

import dev.midframe.interpolation.InterpolationException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Keeps ONNX Runtime from reporting to its maker. Since 1.29 it does so on Linux, too, from the moment its environment is
 * made, keeps an identifier in the user's cache, and ends the process when the command line is longer than some 4,000
 * characters (its pattern search runs out of stack). Only a variable set before stops all of it.
 */
final class Telemetry {

    private static final String VARIABLE = "ORT_DISABLE_TELEMETRY";

    private Telemetry() {}

    /** Must run before ONNX Runtime's environment is made; what the user has set stays. */
    static void refuse() {
        if (System.getenv(VARIABLE) != null) {
            return;
        }
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> function = linker.defaultLookup().find("setenv");
        if (function.isEmpty()) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle setenv = linker.downcallHandle(
                    function.get(),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
            int status = (int) setenv.invokeExact(arena.allocateFrom(VARIABLE), arena.allocateFrom("1"), 0);
            if (status != 0) {
                throw new InterpolationException("cannot set " + VARIABLE + "; set it to 1 before starting");
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
