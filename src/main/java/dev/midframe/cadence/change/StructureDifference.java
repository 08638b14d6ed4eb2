package dev.midframe.cadence.change;

/**
 * How much of a small picture's structure cannot be found in another: 0 for the same picture, moved a little or under
 * another light; about 0.3 and more for unrelated ones.
 *
 * <p>Before the comparison one picture's values are replaced by those of equal rank in the other. That takes away any
 * change of tone that keeps the order of values (exposure, flash, fade, gamma, clipping), and leaves where things are. A
 * clipped picture has lost order, so that unless most is found at once, the other direction is tried too and the better
 * counts; and where one picture has lost structure that the other has, by a flash that leaves little but white, what remains
 * is weak evidence and counts less. Tiles may then move by up to 3 cells (5 % of the width) each.
 */
final class StructureDifference {
    private static final int LEVELS_PER_CODE = TileSearch.LEVELS / 256;
    /** A mean deviation, in code values, below which a picture is a plain surface and cannot be distinguished from another. */
    private static final double PLAIN = 2;

    private static final double MOSTLY_FOUND = 0.1;
    /** By how much less a difference counts if one of the pictures is clipped everywhere and the other nowhere. */
    private static final double DOUBT = 2 / 3.0;

    private final Ranks ranks = new Ranks(TileSearch.LEVELS);
    private final TileSearch search;
    private final int[] before;
    private final int[] after;
    private final int[] matched;

    StructureDifference(int columns, int rows) {
        search = new TileSearch(columns, rows);
        before = new int[columns * rows];
        after = new int[columns * rows];
        matched = new int[columns * rows];
    }

    /**
     * Compares two pictures row by row.
     *
     * @param a means in 8-bit code values
     * @param b the same
     * @return 0 or more; 0 where either picture is plain
     */
    double between(float[] a, float[] b) {
        quantize(a, before);
        quantize(b, after);
        double deviationBefore = deviation(before);
        double deviationAfter = deviation(after);
        if (Math.min(deviationBefore, deviationAfter) < PLAIN * LEVELS_PER_CODE) {
            return 0;
        }
        ranks.match(before, after, matched);
        double forward = search.remainder(matched, after) / deviationAfter;
        if (forward < MOSTLY_FOUND) {
            return forward;
        }
        ranks.match(after, before, matched);
        double least = Math.min(forward, search.remainder(matched, before) / deviationBefore);
        return least * (1 - DOUBT * Math.abs(clipped(before) - clipped(after)));
    }

    private static void quantize(float[] means, int[] levels) {
        for (int i = 0; i < levels.length; i++) {
            levels[i] = Math.min((int) (means[i] * LEVELS_PER_CODE + 0.5f), TileSearch.LEVELS - 1);
        }
    }

    /** The share of cells within a code value of the picture's own darkest or lightest: of an unclipped one, few. */
    private static double clipped(int[] levels) {
        int darkest = Integer.MAX_VALUE;
        int lightest = 0;
        for (int level : levels) {
            darkest = Math.min(darkest, level);
            lightest = Math.max(lightest, level);
        }
        int count = 0;
        for (int level : levels) {
            if (level <= darkest + LEVELS_PER_CODE || level >= lightest - LEVELS_PER_CODE) {
                count++;
            }
        }
        return (double) count / levels.length;
    }

    private static double deviation(int[] levels) {
        long sum = 0;
        for (int level : levels) {
            sum += level;
        }
        double mean = (double) sum / levels.length;
        double deviation = 0;
        for (int level : levels) {
            deviation += Math.abs(level - mean);
        }
        return deviation / levels.length;
    }
}
