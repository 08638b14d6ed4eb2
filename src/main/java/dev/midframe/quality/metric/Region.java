package dev.midframe.quality.metric;

/**
 * A rectangle of a picture, in pixels from its upper left corner.
 *
 * @param x of its left column
 * @param y of its upper row
 * @param width in pixels
 * @param height in pixels
 */
public record Region(int x, int y, int width, int height) {

    /** Places are tried this many pixels apart, so that the sums of a large picture stay small. */
    private static final int STEP = 4;

    /**
     * Where two pictures of one size differ most: the region with the largest sum of absolute differences of luma; of
     * equal ones the uppermost, then the leftmost.
     *
     * @param width of the region; of the pictures, if they are narrower
     * @param height of the region; of the pictures, if they are lower
     */
    public static Region ofMostChange(Channels a, Channels b, int width, int height) {
        int columns = Math.min(width, a.width());
        int rows = Math.min(height, a.height());
        long[][] sums = sums(a, b);
        Region most = new Region(0, 0, columns, rows);
        long largest = 0;
        for (int y = 0; y + rows <= a.height(); y += STEP) {
            for (int x = 0; x + columns <= a.width(); x += STEP) {
                long change = change(sums, x / STEP, y / STEP, (x + columns) / STEP, (y + rows) / STEP);
                if (change > largest) {
                    largest = change;
                    most = new Region(x, y, columns, rows);
                }
            }
        }
        return most;
    }

    private static long change(long[][] sums, int left, int top, int right, int bottom) {
        return sums[bottom][right] - sums[top][right] - sums[bottom][left] + sums[top][left];
    }

    /** Element [j][i]: the differences in the first j * STEP rows and i * STEP columns. */
    private static long[][] sums(Channels a, Channels b) {
        long[][] sums = new long[a.height() / STEP + 1][a.width() / STEP + 1];
        for (int j = 1; j < sums.length; j++) {
            long row = 0;
            for (int i = 1; i < sums[j].length; i++) {
                row += cell(a, b, (i - 1) * STEP, (j - 1) * STEP);
                sums[j][i] = sums[j - 1][i] + row;
            }
        }
        return sums;
    }

    private static int cell(Channels a, Channels b, int left, int top) {
        int sum = 0;
        for (int y = top; y < top + STEP; y++) {
            for (int i = y * a.width() + left; i < y * a.width() + left + STEP; i++) {
                sum += Math.abs((a.luma()[i] & 0xff) - (b.luma()[i] & 0xff));
            }
        }
        return sum;
    }
}
