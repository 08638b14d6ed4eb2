package dev.midframe.convert;

import dev.midframe.pipeline.AppSrc;
import dev.midframe.pipeline.MediaBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Pushes buffers into a pipeline until there are no more or it takes no more. */
final class FeedThread {

    private static final long STOP_MILLIS = 5000;

    private final Thread thread;
    private volatile @Nullable RuntimeException failure;

    /** @param next null at the end */
    FeedThread(AppSrc source, Supplier<@Nullable MediaBuffer> next) {
        thread = Thread.ofPlatform().daemon().name("midframe-feed").start(() -> {
            try {
                MediaBuffer buffer = next.get();
                while (buffer != null && source.push(buffer)) {
                    buffer = next.get();
                }
            } catch (RuntimeException e) {
                failure = e;
            } finally {
                source.end();
            }
        });
    }

    /** Why it ended early; null where it did not. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    /** The pipeline is stopped before. */
    void join() {
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
