package dev.midframe.testkit.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.testkit.OtherPrograms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** The CUDA kernels, compiled as plain C++ for this machine's processor. */
public final class KernelsOnCpu {

    private final MethodHandle launch;

    private KernelsOnCpu(MethodHandle launch) {
        this.launch = launch;
    }

    /**
     * Compiles and loads them. Skips the test where there is no compiler.
     *
     * @param folder for the library
     */
    public static KernelsOnCpu compiled(Path folder) {
        OtherPrograms.require("c++");
        Path library = folder.resolve("libfilm_kernels.so");
        try {
            Process compiler = new ProcessBuilder(
                            "c++",
                            "-std=c++17",
                            "-O2",
                            "-Wall",
                            "-Wextra",
                            "-Werror",
                            "-shared",
                            "-fPIC",
                            "-o",
                            library.toString(),
                            "src/test/c/cuda_on_cpu.cpp")
                    .inheritIO()
                    .start();
            assertThat(compiler.waitFor()).as("the compiler's exit code").isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        MemorySegment function = SymbolLookup.libraryLookup(library, Arena.global())
                .find("launch_on_cpu")
                .orElseThrow();
        return new KernelsOnCpu(Linker.nativeLinker()
                .downcallHandle(
                        function,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_BOOLEAN,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS)));
    }

    /**
     * Reads the arguments of cuLaunchKernel at once, as a driver does.
     *
     * @param ptx says how many parameters a kernel has
     * @return runs the kernel to its end
     */
    Runnable launch(String ptx, Object[] arguments) {
        String kernel = unbounded(arguments[0]).getString(0);
        String declared = ptx.substring(ptx.indexOf(".entry " + kernel + "("));
        int count = declared.substring(0, declared.indexOf(')')).split("\\.param", -1).length - 1;
        MemorySegment places = unbounded(arguments[9]);
        long[] parameters = IntStream.range(0, count)
                .mapToLong(index ->
                        unbounded(places.getAtIndex(ValueLayout.ADDRESS, index)).get(ValueLayout.JAVA_LONG, 0))
                .toArray();
        int[] grid =
                IntStream.rangeClosed(1, 3).map(axis -> (int) arguments[axis]).toArray();
        int threads = (int) arguments[4];
        return () -> run(kernel, grid, threads, parameters);
    }

    private void run(String kernel, int[] grid, int threads, long[] parameters) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment values = arena.allocateFrom(ValueLayout.JAVA_LONG, parameters);
            MemorySegment places = arena.allocate(ValueLayout.ADDRESS, parameters.length);
            for (int index = 0; index < parameters.length; index++) {
                places.setAtIndex(ValueLayout.ADDRESS, index, values.asSlice((long) index * Long.BYTES));
            }
            boolean known = (boolean)
                    launch.invokeExact(arena.allocateFrom(kernel), grid[0], grid[1], grid[2], threads, places);
            assertThat(known).as("kernel " + kernel).isTrue();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static MemorySegment unbounded(Object address) {
        return ((MemorySegment) address).reinterpret(Long.MAX_VALUE);
    }
}
