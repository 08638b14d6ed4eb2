package dev.midframe.pipeline;

import org.jspecify.annotations.Nullable;

/** Makes one readable line of what a library says. */
final class OneLine {

    private static final int LONGEST = 400;

    private OneLine() {}

    static String of(@Nullable String message) {
        if (message == null || message.isBlank()) {
            return "no reason given";
        }
        String line = message.strip().replaceAll("\\s*\\R\\s*", "; ").replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
