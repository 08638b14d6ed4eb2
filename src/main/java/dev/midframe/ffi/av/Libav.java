package dev.midframe.ffi.av;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.NativeFunctions;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * libavformat and what it stands on: loaded, and of a binary interface that {@link AvField} knows.
 *
 * @param major libavformat's version, 59 or 61
 */
public record Libav(AvFormat format, AvCodec codec, AvUtil util, int major) {

    /** libavformat's versions with those of libavcodec and libavutil that belong to them. */
    private static final Map<Integer, int[]> VERSIONS =
            new TreeMap<>(Map.of(59, new int[] {59, 57}, 61, new int[] {61, 59}));

    private static final int QUIET = -8;
    private static final long ERROR_TEXT_BYTES = 128;
    private static final long DEFAULT_PROBE_SIZE = 5_000_000;

    /** Loaded when first asked for. */
    private static final class Loaded {

        private static final @Nullable Libav LIBRARIES = load();
    }

    /**
     * The libraries.
     *
     * @throws LinkageError when none is installed whose binary interface is known, with what to do
     */
    public static Libav get() {
        if (Loaded.LIBRARIES == null) {
            throw new LinkageError("libavformat of FFmpeg 5 or 7 is not installed (libavformat59 or libavformat61):"
                    + " install gstreamer1.0-libav of Debian 12 or 13, which brings it");
        }
        return Loaded.LIBRARIES;
    }

    private static @Nullable Libav load() {
        for (var version : VERSIONS.entrySet()) {
            try {
                int[] others = version.getValue();
                Libav libraries = new Libav(
                        bind(AvFormat.class, "libavformat.so." + version.getKey()),
                        bind(AvCodec.class, "libavcodec.so." + others[0]),
                        bind(AvUtil.class, "libavutil.so." + others[1]),
                        version.getKey());
                libraries.util.av_log_set_level(QUIET);
                libraries.check();
                return libraries;
            } catch (IllegalArgumentException _) {
                // This version is not installed.
            }
        }
        return null;
    }

    /** A field with a known value in a new context shows that the layout is the one that was asked for. */
    private void check() {
        try (Arena arena = Arena.ofConfined()) {
            long pointer = arena.allocate(Long.BYTES, Long.BYTES).address();
            long name = arena.allocateFrom("matroska").address();
            format.avformat_alloc_output_context2(pointer, 0, name, 0);
            long context = Memory.getLong(pointer, 0);
            boolean fits = format.avformat_version() >>> 16 == major
                    && context != 0
                    && getLong(context, AvField.FORMAT_PROBE_SIZE) == DEFAULT_PROBE_SIZE;
            format.avformat_free_context(context);
            if (!fits) {
                throw new LinkageError("libavformat " + major + " is laid out otherwise than FFmpeg's own:"
                        + " use the one of the distribution");
            }
        }
    }

    private static <T> T bind(Class<T> functions, String library) {
        SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
        return NativeFunctions.bindAt(
                functions,
                name -> symbols.find(name).map(found -> found.address()).orElse(0L));
    }

    /** Reads 32 bits of a structure. */
    public int getInt(long structure, AvField field) {
        return Memory.getInt(structure, field.in(major));
    }

    /** Reads 64 bits of a structure. */
    public long getLong(long structure, AvField field) {
        return Memory.getLong(structure, field.in(major));
    }

    /** Writes 32 bits of a structure. */
    public void putInt(long structure, AvField field, int value) {
        Memory.putInt(structure, field.in(major), value);
    }

    /** Writes 64 bits of a structure. */
    public void putLong(long structure, AvField field, long value) {
        Memory.putLong(structure, field.in(major), value);
    }

    /** The address of a field, for functions that change it. */
    public long address(long structure, AvField field) {
        return structure + field.in(major);
    }

    /** What an error code means, for people. */
    public String error(int code) {
        try (Arena arena = Arena.ofConfined()) {
            long text = arena.allocate(ERROR_TEXT_BYTES).address();
            util.av_strerror(code, text, ERROR_TEXT_BYTES);
            return String.valueOf(Memory.text(text));
        }
    }
}
