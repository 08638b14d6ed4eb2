package dev.midframe.cadence.change;

import java.util.Arrays;

/** The structure differences of the last few pairs of neighbours: all that a detector remembers besides the frame before. */
final class RecentDifferences {
    /** Pairs remembered, repeats among them. */
    static final int PAIRS = 8;

    private static final double REPEAT = Double.NaN;

    private final double[] differences = new double[PAIRS];
    private int next;

    RecentDifferences() {
        clear();
    }

    void clear() {
        Arrays.fill(differences, REPEAT);
    }

    void add(double difference) {
        differences[next] = difference;
        next = (next + 1) % PAIRS;
    }

    /** A repeat says nothing of motion, and takes the place of a pair that does. */
    void addRepeat() {
        add(REPEAT);
    }

    /** Of all that are no repeats; 0 without any. */
    double mean() {
        return Arrays.stream(differences)
                .filter(difference -> !Double.isNaN(difference))
                .average()
                .orElse(0);
    }

    /** Of the last pair that is no repeat; 0 without any. */
    double last() {
        for (int back = 1; back <= PAIRS; back++) {
            double difference = differences[(next + PAIRS - back) % PAIRS];
            if (!Double.isNaN(difference)) {
                return difference;
            }
        }
        return 0;
    }
}
