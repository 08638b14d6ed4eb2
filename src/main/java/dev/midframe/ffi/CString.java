package dev.midframe.ffi;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** NUL-terminated UTF-8 texts of native code. */
public final class CString {

    private CString() {}

    /**
     * Reads one.
     *
     * @param text a {@code const char *} that native code gave
     * @return null for a null pointer
     */
    public static @Nullable String read(MemorySegment text) {
        return text.address() == 0 ? null : text.reinterpret(Long.MAX_VALUE).getString(0);
    }
}
