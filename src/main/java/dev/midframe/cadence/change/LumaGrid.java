package dev.midframe.cadence.change;

import java.util.Arrays;

/**
 * The mean luma of equal cells of a frame, in 8-bit code values whatever its depth.
 *
 * <p>Filled from prefix sums of rows; rows may be left out as long as every cell row gets one.
 */
final class LumaGrid {
    private final int[] columnEdges;
    private final int[] cellRowOf;
    private final int[] sums;
    private final float[] means;
    private final int[] sampledRows;
    private final int columns;

    /** Cells of {@code width / columns} by {@code height / rows} pixels; a frame with fewer pixels has fewer cells. */
    LumaGrid(int width, int height, int columns, int rows) {
        this.columns = Math.min(columns, width);
        int cellRows = Math.min(rows, height);
        columnEdges = new int[this.columns + 1];
        for (int x = 0; x <= this.columns; x++) {
            columnEdges[x] = (int) ((long) x * width / this.columns);
        }
        cellRowOf = new int[height];
        for (int y = 0; y < height; y++) {
            cellRowOf[y] = (int) ((long) y * cellRows / height);
        }
        sums = new int[this.columns * cellRows];
        means = new float[sums.length];
        sampledRows = new int[cellRows];
    }

    void clear() {
        Arrays.fill(sums, 0);
        Arrays.fill(sampledRows, 0);
    }

    /** Whether two rows of pixels lie in the same row of cells. */
    boolean sameCells(int y, int otherY) {
        return cellRowOf[y] == cellRowOf[otherY];
    }

    /**
     * Adds rows that lie in the same row of cells.
     *
     * @param y one of the rows
     * @param count how many
     * @param prefix sums of their code values: element x is that of the pixels left of x
     */
    void add(int y, int count, int[] prefix) {
        int row = cellRowOf[y];
        sampledRows[row] += count;
        int cell = row * columns;
        for (int x = 0; x < columns; x++) {
            sums[cell + x] += prefix[columnEdges[x + 1]] - prefix[columnEdges[x]];
        }
    }

    /** Adds the rows that another grid of the same cells was given. */
    void addAll(LumaGrid other) {
        Arrays.setAll(sampledRows, row -> sampledRows[row] + other.sampledRows[row]);
        Arrays.setAll(sums, cell -> sums[cell] + other.sums[cell]);
    }

    /** Turns sums into means, of some rows of cells. */
    void finish(float unitsPerCode, int from, int to) {
        for (int row = from; row < to; row++) {
            for (int x = 0; x < columns; x++) {
                int cell = row * columns + x;
                means[cell] = sums[cell] / (unitsPerCode * sampledRows[row] * (columnEdges[x + 1] - columnEdges[x]));
            }
        }
    }

    /** The first row of pixels of a row of cells, or of what follows the last. */
    int top(int cellRow) {
        return Math.ceilDiv(cellRow * cellRowOf.length, sampledRows.length);
    }

    int columns() {
        return columns;
    }

    int rows() {
        return sampledRows.length;
    }

    /** Row by row; overwritten by the next frame. */
    float[] means() {
        return means;
    }
}
