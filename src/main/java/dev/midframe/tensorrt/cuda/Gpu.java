package dev.midframe.tensorrt.cuda;

import java.util.Locale;

/**
 * A device that the CUDA driver offers.
 *
 * @param ordinal 0 for the first in the order of their PCI buses, as nvidia-smi shows them and the element's property {@code device}
 *     counts them
 * @param handle the driver's own number, whose order is another
 * @param name as the driver gives it
 * @param uuid as nvidia-smi shows it, the same for the same board for ever
 * @param computeCapability for example {@code 9.0}
 * @param multiprocessors 1 or more
 * @param memoryBytes all of its memory
 */
public record Gpu(
        int ordinal,
        int handle,
        String name,
        String uuid,
        String computeCapability,
        int multiprocessors,
        long memoryBytes) {

    /** Whether it has at least this compute capability. */
    public boolean isAtLeast(int major, int minor) {
        int own = majorCapability();
        return own > major || own == major && minorCapability() >= minor;
    }

    /** The 9 of {@code 9.0}. */
    public int majorCapability() {
        return Integer.parseInt(computeCapability.substring(0, computeCapability.indexOf('.')));
    }

    /** The 0 of {@code 9.0}. */
    public int minorCapability() {
        return Integer.parseInt(computeCapability.substring(computeCapability.indexOf('.') + 1));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d: %s, compute capability %s, %.1f GiB, %s",
                ordinal,
                name,
                computeCapability,
                memoryBytes / (double) (1L << 30),
                uuid);
    }
}
