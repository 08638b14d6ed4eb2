package dev.midframe.cadence.change;

import java.util.Arrays;

/**
 * Moves every tile of 4x4 cells of a thumbnail to where it differs least from another thumbnail, up to
 * {@link #REACH} cells away from each of the displacements asked for.
 *
 * <p>A tile's row of four cells is one long with 16 bits a cell, so that four cells are compared at once.
 */
final class TileSearch {
    static final int REACH = 3;
    static final int TILE = 4;
    /** Cell values must be smaller, so that the sum of a tile fits 16 bits. */
    static final int LEVELS = 1024;

    private static final long TOP_BITS = 0x8000_8000_8000_8000L;
    private static final long ONES = 0x0001_0001_0001_0001L;

    private final int columns;
    private final int rows;
    private final int tileColumns;
    private final int tileRows;
    /** The target's tile rows, and the source's at every horizontal shift, with edges going on outwards. */
    private final long[] target;

    private final long[][] sources = new long[2 * REACH + 1][];
    /** What remains of every tile. */
    private final long[] least;

    TileSearch(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        tileColumns = Math.ceilDiv(columns, TILE);
        tileRows = Math.ceilDiv(rows, TILE);
        target = new long[tileColumns * tileRows * TILE];
        least = new long[tileColumns * tileRows];
        Arrays.setAll(sources, shift -> new long[tileColumns * (tileRows * TILE + 2 * REACH)]);
    }

    /** Begins with another target. */
    void target(int[] cells) {
        pack(cells, 0, 0, 0, target);
        Arrays.fill(least, Long.MAX_VALUE);
    }

    /**
     * Searches the source around a displacement.
     *
     * @return the mean difference of a cell that remains after this search and all before it for the same target
     */
    double remainder(int[] source, int dx, int dy) {
        for (int shift = 0; shift < sources.length; shift++) {
            pack(source, dx + shift - REACH, dy, REACH, sources[shift]);
        }
        long sum = 0;
        for (int top = 0; top < tileRows; top++) {
            for (int column = 0; column < tileColumns; column++) {
                int tile = top * tileColumns + column;
                least[tile] = Math.min(least[tile], best(top * TILE * tileColumns + column));
                sum += least[tile];
            }
        }
        return (double) sum / ((long) tileColumns * tileRows * TILE * TILE);
    }

    private long best(int at) {
        long a = target[at];
        long b = target[at + tileColumns];
        long c = target[at + 2 * tileColumns];
        long d = target[at + 3 * tileColumns];
        long best = Long.MAX_VALUE;
        for (long[] source : sources) {
            int from = at;
            for (int dy = 0; dy <= 2 * REACH; dy++) {
                long lanes = difference(a, source[from])
                        + difference(b, source[from + tileColumns])
                        + difference(c, source[from + 2 * tileColumns])
                        + difference(d, source[from + 3 * tileColumns]);
                best = Math.min(best, lanes * ONES >>> 48);
                from += tileColumns;
            }
        }
        return best;
    }

    /** The absolute difference in each lane: with the top bit set no lane borrows, and it stays set where a is not smaller. */
    private static long difference(long a, long b) {
        long biased = (a | TOP_BITS) - b;
        long negative = (~biased & TOP_BITS) >>> 15;
        return (biased ^ TOP_BITS ^ (negative << 16) - negative) + negative;
    }

    private void pack(int[] cells, int shift, int down, int margin, long[] packed) {
        int at = 0;
        for (int y = -margin; y < tileRows * TILE + margin; y++) {
            int row = Math.clamp(y + down, 0, rows - 1) * columns;
            for (int left = shift; left < tileColumns * TILE + shift; left += TILE) {
                long lanes = 0;
                for (int x = left + TILE - 1; x >= left; x--) {
                    lanes = lanes << 16 | cells[row + Math.clamp(x, 0, columns - 1)];
                }
                packed[at++] = lanes;
            }
        }
    }
}
