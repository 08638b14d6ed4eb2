package dev.midframe.onnx.binding;

import dev.midframe.ffi.Upcalls;
import dev.midframe.ffi.UserData;
import dev.midframe.onnx.kernels.ParallelRows;
import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Shares rows out over the threads of ONNX Runtime's intra-op pool, the same that convolve. A thread that calls in for the first
 * time is attached to the JVM as a daemon, until it ends with its session.
 */
final class OrtParallelRows {

    /** Waking a thread and waiting for it takes some ten microseconds. */
    private static final long LEAST_NANOS = 40_000;

    /** More parts than threads, because rows take longer here than there, and other work may hold a thread up. */
    private static final int PARTS_PER_THREAD = 6;

    private final OrtApi api;
    private final int threads;
    private final UserData<Run> runs = new UserData<>();
    private final long part;

    /**
     * @param threads of the pool, its caller among them
     * @param arena outlives the sessions
     */
    OrtParallelRows(OrtApi api, int threads, Arena arena) {
        this.api = api;
        this.threads = threads;
        this.part = new Upcalls(arena, this::failed).address(this, "part", 0);
    }

    /** The rows of a running kernel. */
    ParallelRows of(long context) {
        return (rows, nanosPerRow, loop) -> run(context, rows, nanosPerRow, loop);
    }

    private void run(long context, int rows, long nanosPerRow, ParallelRows.Loop loop) {
        int parts = parts(rows, nanosPerRow);
        if (parts == 1) {
            loop.run(0, rows);
            return;
        }
        Run run = new Run(rows, parts, loop, new AtomicReference<>());
        long number = runs.add(run);
        try {
            api.parallelFor(context, part, parts, number);
        } finally {
            runs.remove(number);
        }
        run.check();
    }

    private int parts(int rows, long nanosPerRow) {
        long worthwhile = rows * nanosPerRow / LEAST_NANOS;
        return threads == 1 ? 1 : Math.clamp(worthwhile, 1, Math.min(rows, PARTS_PER_THREAD * threads));
    }

    private void part(long number, long index) {
        Run run = runs.get(number);
        if (run != null) {
            run.part((int) index);
        }
    }

    private void failed(Throwable thrown, long number) {
        Run run = runs.get(number);
        if (run != null) {
            run.failure.compareAndSet(null, thrown);
        }
    }

    /** One loop, and what its first failed part failed with: nothing may be thrown through ONNX Runtime. */
    private record Run(int rows, int parts, ParallelRows.Loop loop, AtomicReference<@Nullable Throwable> failure) {

        void part(int index) {
            loop.run(edge(index), edge(index + 1));
        }

        private int edge(int index) {
            return (int) ((long) rows * index / parts);
        }

        void check() {
            Throwable thrown = failure.get();
            if (thrown instanceof Error error) {
                throw error;
            }
            if (thrown != null) {
                throw (RuntimeException) thrown;
            }
        }
    }
}
