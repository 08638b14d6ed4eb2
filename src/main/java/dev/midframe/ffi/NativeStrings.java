package dev.midframe.ffi;

import java.lang.foreign.Arena;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.function.LongUnaryOperator;

/** C strings in UTF-8: such as live as long as the process, each text once, and such as are lent for a call. */
public final class NativeStrings {

    private final Map<String, Long> addresses = new ConcurrentHashMap<>();

    /** The text as a C string that is never freed: for names in the program's own text, not for what comes from outside. */
    public long lasting(String text) {
        return addresses.computeIfAbsent(
                text, t -> Arena.global().allocateFrom(t).address());
    }

    /** Zeroed bytes that are never freed. */
    public long lasting(long bytes) {
        return Arena.global().allocate(bytes, 8).address();
    }

    /** Lends the text as a C string for the time of a call. */
    public static void with(String text, LongConsumer call) {
        try (Arena arena = Arena.ofConfined()) {
            call.accept(arena.allocateFrom(text).address());
        }
    }

    /** The same for a call that gives something. */
    public static long call(String text, LongUnaryOperator call) {
        try (Arena arena = Arena.ofConfined()) {
            return call.applyAsLong(arena.allocateFrom(text).address());
        }
    }
}
