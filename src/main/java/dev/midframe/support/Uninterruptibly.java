package dev.midframe.support;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Waits for what must have ended before its memory is freed. An interrupt is kept for later. */
public final class Uninterruptibly {

    private Uninterruptibly() {}

    /** Something to wait for. */
    @FunctionalInterface
    private interface Wait {
        /** Whether it has ended. */
        boolean ended() throws InterruptedException;
    }

    /** Waits until a task has ended, good or bad. */
    public static void await(Future<?> task) {
        await(() -> {
            try {
                task.get();
            } catch (ExecutionException | CancellationException e) {
                // Whoever wants the result gets the failure.
            }
            return true;
        });
    }

    /** Lets every task end, those that wait in the queue too; no more are taken. */
    public static void shutDown(ExecutorService executor) {
        executor.shutdown();
        await(() -> executor.awaitTermination(1, TimeUnit.DAYS));
    }

    private static void await(Wait wait) {
        boolean interrupted = false;
        for (boolean ended = false; !ended; ) {
            try {
                ended = wait.ended();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
