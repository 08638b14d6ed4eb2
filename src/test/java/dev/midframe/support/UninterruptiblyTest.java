package dev.midframe.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UninterruptiblyTest {

    @Test
    void anInterruptIsKeptUntilTheTaskHasEnded() {
        CompletableFuture<Void> task = new CompletableFuture<>();
        new DaemonThreads("ends the task").newThread(() -> task.complete(null)).start();

        Thread.currentThread().interrupt();
        Uninterruptibly.await(task);

        assertThat(task).isDone();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aFailedTaskHasEnded() {
        Uninterruptibly.await(CompletableFuture.failedFuture(new IllegalStateException("failed")));
    }

    @Test
    void whatWaitsInTheQueueIsStillDone() {
        ExecutorService executor = Executors.newSingleThreadExecutor(new DaemonThreads("worker"));
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        executor.execute(() -> {
            try {
                begun.await();
            } catch (InterruptedException e) {
                return;
            }
            done.incrementAndGet();
        });
        executor.execute(done::incrementAndGet);

        Thread.currentThread().interrupt();
        begun.countDown();
        Uninterruptibly.shutDown(executor);

        assertThat(done).hasValue(2);
        assertThat(Thread.interrupted()).isTrue();
    }
}
