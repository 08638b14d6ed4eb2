package dev.midframe.pipeline;

import org.jspecify.annotations.Nullable;

/** Makes one readable line of what a library says. */
public final class OneLine {

    private static final int LONGEST = 400;

    private OneLine() {}

    /** At most some hundred characters, without line breaks and control characters. */
    public static String of(@Nullable String message) {
        if (message == null || message.isBlank()) {
            return "no reason given";
        }
        String line = message.strip().replaceAll("\\s*\\R\\s*", "; ").replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
