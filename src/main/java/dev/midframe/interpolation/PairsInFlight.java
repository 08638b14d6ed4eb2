package dev.midframe.interpolation;

import com.sun.management.OperatingSystemMXBean;
import dev.midframe.video.FrameFormat;
import java.lang.management.ManagementFactory;

/**
 * How many pairs are in flight where nobody says it. Several side by side, a thread for each, keep processors busier than several
 * threads on one pair; each costs memory, and holds frames back for one frame more.
 *
 * @param processors that may compute
 * @param memoryBytes of the machine
 */
public record PairsInFlight(int processors, long memoryBytes) {

    /** The most that a request may ask for. */
    public static final int MOST = 8;

    /** While one is fetched and the next prepared, another is computed. */
    private static final int LEAST = 2;

    /** What film-base takes; film-lite takes about 110. */
    private static final long BYTES_PER_PIXEL = 250;

    private static final int SHARE_OF_MEMORY = 4;

    /** @param threads as asked for, 0 for one per processor */
    public static PairsInFlight ofMachine(int threads) {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        int processors = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        return new PairsInFlight(processors, system.getTotalMemorySize());
    }

    /**
     * The number for a stream.
     *
     * @param live whether its source cannot wait: then all threads work on one pair, for the least delay
     */
    public int chosen(boolean live, FrameFormat format) {
        if (live) {
            return 1;
        }
        long bytes = BYTES_PER_PIXEL * format.width() * format.height();
        long fitting = memoryBytes / SHARE_OF_MEMORY / bytes;
        return Math.clamp(Math.min(processors, fitting), LEAST, MOST);
    }
}
