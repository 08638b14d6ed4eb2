package dev.midframe.onnx;

import dev.midframe.support.DaemonThreads;
import dev.midframe.support.Uninterruptibly;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads that take tasks in the order they come. */
final class Workers implements Executor, AutoCloseable {

    private final ExecutorService executor;

    Workers(int count) {
        this.executor = Executors.newFixedThreadPool(count, new DaemonThreads("midframe-onnx"));
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    /** Lets every task end, those that wait in the queue too; an interrupt is kept for later. */
    @Override
    public void close() {
        Uninterruptibly.shutDown(executor);
    }
}
