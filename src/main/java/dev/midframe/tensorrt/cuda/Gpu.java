package dev.midframe.tensorrt.cuda;

import java.util.Locale;

/**
 * A device that the CUDA driver offers.
 *
 * @param ordinal 0 for the first, as in the element's property {@code device}
 * @param name as the driver gives it
 * @param uuid hexadecimal, the same for the same board for ever
 * @param computeCapability for example {@code 9.0}
 * @param multiprocessors 1 or more
 * @param memoryBytes all of its memory
 */
public record Gpu(
        int ordinal, String name, String uuid, String computeCapability, int multiprocessors, long memoryBytes) {

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d: %s, compute capability %s, %.1f GiB",
                ordinal,
                name,
                computeCapability,
                memoryBytes / (double) (1L << 30));
    }
}
