package dev.midframe.engine;

import dev.midframe.interpolation.FrameInterpolator;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens an engine beside the running stream. */
final class OpeningThread {

    private static final Logger log = LoggerFactory.getLogger(OpeningThread.class);

    private OpeningThread() {}

    /**
     * @param name of the thread
     * @param opens is asked once; what it gives is closed where the result was cancelled meanwhile
     * @param result is completed with the engine or the exception
     */
    static void start(String name, Supplier<FrameInterpolator> opens, CompletableFuture<FrameInterpolator> result) {
        Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                FrameInterpolator opened = opens.get();
                if (!result.complete(opened)) {
                    opened.close();
                }
            } catch (Throwable e) {
                if (!result.completeExceptionally(e)) {
                    log.debug("an engine that nobody waits for was not opened", e);
                }
            }
        });
    }
}
