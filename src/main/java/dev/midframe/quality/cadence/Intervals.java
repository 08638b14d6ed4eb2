package dev.midframe.quality.cadence;

import java.util.Arrays;

/**
 * The times from one frame to the next, in nanoseconds; all 0 for fewer than two frames.
 *
 * @param spread standard deviation: 0 is no judder
 * @param uneven how many differ from the median by more than 1 ms, which is how coarsely some containers store time
 */
public record Intervals(long shortest, long median, long longest, double mean, double spread, int uneven) {
    private static final long ROUNDING = 1_000_000;

    static Intervals between(long[] times) {
        if (times.length < 2) {
            return new Intervals(0, 0, 0, 0, 0, 0);
        }
        long[] sorted = new long[times.length - 1];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = times[i + 1] - times[i];
        }
        Arrays.sort(sorted);
        long median = sorted[sorted.length / 2];
        double mean = Arrays.stream(sorted).average().orElseThrow();
        double variance = Arrays.stream(sorted)
                .mapToDouble(interval -> (interval - mean) * (interval - mean))
                .average()
                .orElseThrow();
        int uneven = (int) Arrays.stream(sorted)
                .filter(interval -> Math.abs(interval - median) > ROUNDING)
                .count();
        return new Intervals(sorted[0], median, sorted[sorted.length - 1], mean, Math.sqrt(variance), uneven);
    }
}
