package dev.midframe.onnx.kernels;

/**
 * Shares the rows of a loop out over threads. A row comes out the same whoever computes it and whatever was computed before, so
 * results do not depend on how many threads there are.
 */
@FunctionalInterface
public interface ParallelRows {

    /** All rows on the caller's thread. */
    ParallelRows SERIAL = (rows, nanosPerRow, loop) -> loop.run(0, rows);

    /** Computes the rows from one up to another, which is not among them. Threads run it side by side. */
    @FunctionalInterface
    interface Loop {
        void run(int from, int to);
    }

    /**
     * Runs a loop over all rows and returns when it has ended.
     *
     * @param nanosPerRow about how long a row takes: short loops are not worth a second thread
     */
    void run(int rows, long nanosPerRow, Loop loop);
}
