package dev.midframe.element;

import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;

/** C strings that live as long as the process, as GObject classes want them: each text once. */
public final class NativeStrings {

    private final Map<String, Long> addresses = new HashMap<>();

    /** The text as a C string that is never freed. */
    public synchronized long lasting(String text) {
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
}
