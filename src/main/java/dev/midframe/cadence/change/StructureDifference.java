package dev.midframe.cadence.change;

/**
 * How much of a thumbnail's structure cannot be found in another: 0 for the same frame, moved a little or under
 * another light; about 0.3 and more for unrelated ones.
 *
 * <p>Before the comparison one frame's values are replaced by those of equal rank in the other. That takes away any
 * change of tone that keeps the order of values (exposure, flash, fade, gamma, clipping), and leaves where things are. A
 * clipped frame has lost order, so that unless most is found at once, the other direction is tried too and the better
 * counts; and where one frame has lost structure that the other has, by a flash that leaves little but white, what remains
 * is weak evidence and counts less. Tiles may then move by up to 3 cells (5 % of the width) each. Where that does not find
 * them and most of the frame agrees at one displacement, as in a pan, they may move by up to 3 cells from there, too.
 */
final class StructureDifference {
    private static final int LEVELS_PER_CODE = TileSearch.LEVELS / 256;
    /** A mean deviation, in code values, below which a frame is a plain surface and cannot be distinguished from another. */
    private static final double PLAIN = 2;

    private static final double MOSTLY_FOUND = 0.1;
    /**
     * What may differ, as a share of the contrast, at the best displacement of a whole frame that pans. Below it lie 1 % of
     * pairs of unrelated frames.
     */
    private static final double PANNED = 0.45;
    /** By how much less a difference counts if one of the frames is clipped everywhere and the other nowhere. */
    private static final double DOUBT = 2 / 3.0;

    private final Ranks ranks = new Ranks(TileSearch.LEVELS);
    private final TileSearch search;
    private final PanSearch pan;
    private final int columns;
    private final int rows;
    private final float[] across;
    private final int[] before;
    private final int[] after;
    private final int[] matched;

    StructureDifference(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        across = new float[columns * rows];
        search = new TileSearch(columns, rows);
        pan = new PanSearch(columns, rows);
        before = new int[columns * rows];
        after = new int[columns * rows];
        matched = new int[columns * rows];
    }

    /**
     * Compares two frames row by row.
     *
     * @param a means in 8-bit code values
     * @param b the same
     * @return 0 or more; 0 where either frame is plain
     */
    double between(float[] a, float[] b) {
        smooth(a, before);
        smooth(b, after);
        if (Math.min(deviation(before), deviation(after)) < PLAIN * LEVELS_PER_CODE) {
            return 0;
        }
        double forward = remainder(before, after);
        if (forward < MOSTLY_FOUND) {
            return forward;
        }
        double least = Math.min(forward, remainder(after, before));
        return least * (1 - DOUBT * Math.abs(clipped(a) - clipped(b)));
    }

    /** What of the target cannot be found in the source, as a share of the target's contrast. */
    private double remainder(int[] source, int[] target) {
        double contrast = deviation(target);
        ranks.match(source, target, matched);
        search.target(target);
        double near = search.remainder(matched, 0, 0) / contrast;
        if (near < MOSTLY_FOUND || pan.difference(matched, target) > PANNED * contrast) {
            return near;
        }
        return search.remainder(matched, pan.dx(), pan.dy()) / contrast;
    }

    /**
     * Weights 1, 2, 1 across and down: of texture as fine as the cells themselves, less than a cell of motion leaves nothing to
     * be found.
     */
    private void smooth(float[] means, int[] levels) {
        for (int y = 0; y < rows; y++) {
            int row = y * columns;
            for (int x = 0; x < columns; x++) {
                float sides = means[row + Math.max(x - 1, 0)] + means[row + Math.min(x + 1, columns - 1)];
                across[row + x] = 2 * means[row + x] + sides;
            }
        }
        for (int y = 0; y < rows; y++) {
            int above = Math.max(y - 1, 0) * columns;
            int below = Math.min(y + 1, rows - 1) * columns;
            for (int x = 0; x < columns; x++) {
                float mean = (2 * across[y * columns + x] + across[above + x] + across[below + x]) / 16;
                levels[y * columns + x] = Math.min((int) (mean * LEVELS_PER_CODE + 0.5f), TileSearch.LEVELS - 1);
            }
        }
    }

    /** The share of cells within a code value of the frame's own darkest or lightest: of an unclipped one, few. */
    private static double clipped(float[] means) {
        float darkest = Float.MAX_VALUE;
        float lightest = 0;
        for (float mean : means) {
            darkest = Math.min(darkest, mean);
            lightest = Math.max(lightest, mean);
        }
        int count = 0;
        for (float mean : means) {
            if (mean <= darkest + 1 || mean >= lightest - 1) {
                count++;
            }
        }
        return (double) count / means.length;
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
