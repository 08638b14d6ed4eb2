package dev.midframe.container;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.av.AvField;
import dev.midframe.ffi.av.Libav;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/** FFmpeg's AVDictionary, to and from a map. */
final class Dictionaries {

    private static final int IGNORE_SUFFIX = 2;

    private Dictionaries() {}

    /** The entries of a dictionary, which stays whose it is; 0 has none. */
    static Map<String, String> read(Libav libav, long dictionary) {
        var entries = new LinkedHashMap<String, String>();
        try (Arena arena = Arena.ofConfined()) {
            long any = arena.allocateFrom("").address();
            for (long entry = libav.util().av_dict_get(dictionary, any, 0, IGNORE_SUFFIX);
                    entry != 0;
                    entry = libav.util().av_dict_get(dictionary, any, entry, IGNORE_SUFFIX)) {
                entries.put(
                        String.valueOf(Memory.text(libav.getLong(entry, AvField.ENTRY_KEY))),
                        String.valueOf(Memory.text(libav.getLong(entry, AvField.ENTRY_VALUE))));
            }
        }
        return entries;
    }

    /** Sets entries of the dictionary that a pointer leads to. */
    static void write(Libav libav, long pointer, Map<String, String> entries) {
        try (Arena arena = Arena.ofConfined()) {
            entries.forEach((key, value) -> libav.util()
                    .av_dict_set(
                            pointer,
                            arena.allocateFrom(key).address(),
                            arena.allocateFrom(value).address(),
                            0));
        }
    }

    /** Lends a pointer to a dictionary of these entries for the time of a call. */
    static long with(Libav libav, Map<String, String> entries, LongUnaryOperator call) {
        try (Arena arena = Arena.ofConfined()) {
            long pointer = arena.allocate(ValueLayout.JAVA_LONG).address();
            write(libav, pointer, entries);
            try {
                return call.applyAsLong(pointer);
            } finally {
                libav.util().av_dict_free(pointer);
            }
        }
    }
}
