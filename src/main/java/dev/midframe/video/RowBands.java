package dev.midframe.video;

import java.util.stream.IntStream;

/** Divides the rows of a large picture into bands, for the processors to work on side by side. Small pictures are one band. */
public final class RowBands {

    /** What a thread reads in about the time that another one takes to wake up, several times over. */
    private static final long LEAST_BYTES = 250_000;

    private final int rows;
    private final int count;

    private RowBands(int rows, int count) {
        this.rows = rows;
        this.count = count;
    }

    /**
     * As many bands as there are processors, unless that makes them too small.
     *
     * @param rows to divide, of pixels or of blocks
     * @param bytes that are read of all of them
     */
    public static RowBands of(int rows, long bytes) {
        long most = Math.min(rows, Runtime.getRuntime().availableProcessors());
        return of(rows, (int) Math.clamp(bytes / LEAST_BYTES, 1, Math.max(most, 1)));
    }

    /** So many bands. */
    public static RowBands of(int rows, int count) {
        return new RowBands(rows, count);
    }

    public int count() {
        return count;
    }

    /** Works on rows from one up to another, which is not among them. Threads run it side by side. */
    @FunctionalInterface
    public interface Work {
        void run(int band, int from, int to);
    }

    /** Has all bands worked on and returns when they have been. */
    public void run(Work work) {
        IntStream bands = IntStream.range(0, count);
        (count == 1 ? bands : bands.parallel()).forEach(band -> work.run(band, edge(band), edge(band + 1)));
    }

    private int edge(int band) {
        return (int) ((long) rows * band / count);
    }
}
