package dev.midframe.element.stream;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Engines that finish what they have begun after their elements have stopped. Elements do not wait for them; whoever ends
 * the process, or counts what is left, may. Any thread may call any method.
 */
public final class ClosingEngines {

    private final Set<CompletableFuture<Void>> engines = ConcurrentHashMap.newKeySet();

    /** @param closed ends when the engine is closed */
    void add(CompletableFuture<Void> closed) {
        engines.add(closed);
        closed.whenComplete((nothing, failure) -> engines.remove(closed));
    }

    /**
     * Waits until the engines of all elements that have stopped are closed.
     *
     * @return whether they were in time
     */
    public boolean await(Duration limit) throws InterruptedException {
        try {
            CompletableFuture.allOf(engines.toArray(CompletableFuture[]::new))
                    .get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an engine's end is never exceptional", e);
        }
    }
}
