package dev.midframe.element.stream;

import dev.midframe.interpolation.InterpolationException;
import dev.midframe.support.DaemonThreads;
import dev.midframe.support.Uninterruptibly;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;

/**
 * Waits for the engine in place of the streaming thread, on a thread of its own and in the order asked, so that the
 * streaming thread leaves at once when a flush begins: an inference that runs cannot be stopped, but need not be waited for.
 */
final class Results implements AutoCloseable {

    private final Flushing flushing;
    private final ExecutorService thread;

    Results(Flushing flushing) {
        this.flushing = flushing;
        this.thread = Executors.newSingleThreadExecutor(new DaemonThreads("midframe-results"));
    }

    /**
     * Does something that waits for the engine, and waits for its end.
     *
     * @throws Flow.Stop when a flush is going on or begins before; what was begun goes on
     */
    void await(Runnable work) {
        FutureTask<Void> task = new FutureTask<>(work, null) {
            @Override
            protected void done() {
                flushing.wake();
            }
        };
        flushing.await(() -> true);
        thread.execute(task);
        flushing.await(task::isDone);
        try {
            task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterpolationException("interrupted while waiting for a frame", e);
        }
    }

    /** Does something after all that was asked before; if it fails, nothing is reported, because nobody wants it. */
    void later(Runnable work) {
        thread.submit(work);
    }

    /** Waits for all that was asked; an interrupt is kept for later, because memory is freed after this. */
    @Override
    public void close() {
        Uninterruptibly.shutDown(thread);
    }
}
