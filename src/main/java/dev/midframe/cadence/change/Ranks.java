package dev.midframe.cadence.change;

import java.util.Arrays;

/** Gives one set of values the distribution of another, by rank. */
final class Ranks {
    private final int[] counts;
    private final int[] distributionCounts;
    private final int[] means;

    /** For values from 0 to below {@code levels}. */
    Ranks(int levels) {
        counts = new int[levels];
        distributionCounts = new int[levels];
        means = new int[levels];
    }

    /** Equal values share the mean of the values at their ranks. */
    void match(int[] values, int[] distribution, int[] result) {
        count(values, counts);
        count(distribution, distributionCounts);
        int level = 0;
        int left = distributionCounts[0];
        for (int value = 0; value < counts.length; value++) {
            long sum = 0;
            for (int wanted = counts[value]; wanted > 0; ) {
                int taken = Math.min(wanted, left);
                sum += (long) taken * level;
                wanted -= taken;
                left -= taken;
                if (left == 0 && level + 1 < counts.length) {
                    level++;
                    left = distributionCounts[level];
                }
            }
            means[value] = counts[value] == 0 ? 0 : (int) ((sum + counts[value] / 2) / counts[value]);
        }
        for (int i = 0; i < values.length; i++) {
            result[i] = means[values[i]];
        }
    }

    private static void count(int[] values, int[] counts) {
        Arrays.fill(counts, 0);
        for (int value : values) {
            counts[value]++;
        }
    }
}
