package dev.midframe.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which file the loader took a function from. */
public final class LoadedFile {

    /** Pointers in {@code Dl_info}; the first is the file's name. */
    private static final int POINTERS = 4;

    private LoadedFile() {}

    /** A function of the C library. */
    interface DynamicLoader {

        int dladdr(long address, long info);
    }

    /** The file, as the loader was told it; null for an address that is in none. */
    public static @Nullable Path of(MemorySegment function) {
        DynamicLoader loader =
                NativeFunctions.bind(DynamicLoader.class, Linker.nativeLinker().defaultLookup());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(ValueLayout.ADDRESS, POINTERS);
            if (loader.dladdr(function.address(), info.address()) == 0) {
                return null;
            }
            String name = Memory.text(info.get(ValueLayout.ADDRESS, 0));
            return name == null ? null : Path.of(name);
        }
    }
}
