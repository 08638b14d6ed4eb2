package dev.midframe.cadence.change;

/**
 * Finds the one displacement by which a thumbnail as a whole agrees best with another: how far the camera turned. Looks
 * up to three eighths of the width and five eighteenths of the height away, at every other cell: frames are smooth.
 */
final class PanSearch {
    private static final int STEP = 2;

    private final int columns;
    private final int rows;
    private final int reachX;
    private final int reachY;
    private int dx;
    private int dy;

    PanSearch(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        reachX = columns * 3 / 8 / STEP * STEP;
        reachY = rows * 5 / 18 / STEP * STEP;
    }

    /** The mean difference of a cell where both frames overlap, at the best displacement; {@link #dx} and {@link #dy} say which. */
    double difference(int[] source, int[] target) {
        double least = Double.MAX_VALUE;
        for (int y = -reachY; y <= reachY; y += STEP) {
            for (int x = -reachX; x <= reachX; x += STEP) {
                int cells = (columns - Math.abs(x)) * (rows - Math.abs(y));
                double mean = sum(source, target, x, y, least * cells) / cells;
                if (mean < least) {
                    least = mean;
                    dx = x;
                    dy = y;
                }
            }
        }
        return least;
    }

    /** By how many cells the source lies right of the target. */
    int dx() {
        return dx;
    }

    /** By how many cells the source lies below the target. */
    int dy() {
        return dy;
    }

    /** Of the overlap; not of all rows once they add up to more than what counts. */
    private double sum(int[] source, int[] target, int shiftX, int shiftY, double most) {
        int first = Math.max(0, -shiftX);
        int end = Math.min(columns, columns - shiftX);
        int bottom = Math.min(rows, rows - shiftY);
        long sum = 0;
        for (int y = Math.max(0, -shiftY); y < bottom && sum < most; y++) {
            sum += rowDifference(
                    target, y * columns + first, source, (y + shiftY) * columns + first + shiftX, end - first);
        }
        return sum;
    }

    private static int rowDifference(int[] a, int atA, int[] b, int atB, int cells) {
        int sum = 0;
        for (int x = 0; x < cells; x++) {
            sum += Math.abs(a[atA + x] - b[atB + x]);
        }
        return sum;
    }
}
