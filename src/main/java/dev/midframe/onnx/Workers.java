package dev.midframe.onnx;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Threads that take tasks in the order they come. */
final class Workers implements Executor, AutoCloseable {

    private final ExecutorService executor;

    Workers(int count) {
        // A thread of GStreamer's that opens an engine has no context class loader to inherit.
        ThreadFactory factory = task -> {
            Thread thread = Thread.ofPlatform().name("midframe-onnx").daemon().unstarted(task);
            thread.setContextClassLoader(Workers.class.getClassLoader());
            return thread;
        };
        this.executor = Executors.newFixedThreadPool(count, factory);
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    /** Lets every task end, those that wait in the queue too; an interrupt is kept for later. */
    @Override
    public void close() {
        executor.shutdown();
        boolean interrupted = false;
        while (!executor.isTerminated()) {
            try {
                executor.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
