package dev.midframe.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which file the loader took a function from. */
public final class LoadedFile {

    private static final MethodHandle DLADDR = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("dladdr"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));

    /** Pointers in {@code Dl_info}; the first is the file's name. */
    private static final int POINTERS = 4;

    private LoadedFile() {}

    /** The file, by the name that the loader was given; null for an address that is in none. */
    public static @Nullable Path of(MemorySegment function) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(ValueLayout.ADDRESS, POINTERS);
            if ((int) DLADDR.invokeExact(function, info) == 0) {
                return null;
            }
            String name = CString.read(info.get(ValueLayout.ADDRESS, 0));
            return name == null ? null : Path.of(name);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
