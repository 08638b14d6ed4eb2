package dev.midframe.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The machine's memory that a program can take without others being swapped out. */
public final class AvailableMemory {

    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable: +(\\d+) kB");

    private AvailableMemory() {}

    /** In bytes, as Linux estimates it; {@link Long#MAX_VALUE} where it says nothing. */
    public static long bytes() {
        try {
            Matcher found = AVAILABLE.matcher(Files.readString(MEMINFO));
            return found.find() ? Long.parseLong(found.group(1)) << 10 : Long.MAX_VALUE;
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
