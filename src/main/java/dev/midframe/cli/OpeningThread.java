package dev.midframe.cli;

import dev.midframe.interpolation.FrameInterpolator;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens an engine beside the running stream. The process does not end under it: native code that still builds would lose
 * its memory to the C library's exit handlers and crash.
 */
final class OpeningThread {

    private static final Logger log = LoggerFactory.getLogger(OpeningThread.class);

    /** A cancelled build ends within one of its steps, which take seconds. */
    private static final Duration LONGEST_STEP = Duration.ofSeconds(30);

    private final Supplier<FrameInterpolator> opens;
    private final CompletableFuture<FrameInterpolator> result;
    private final Thread opening =
            Thread.ofPlatform().daemon().name("opening the GPU's engine").unstarted(this::open);
    private final Thread atExit = new Thread(this::cancelAndWait);

    /**
     * @param opens is asked once; what it gives is closed where the result was cancelled meanwhile
     * @param result is completed with the engine or the exception; cancelled when the process ends before
     */
    OpeningThread(Supplier<FrameInterpolator> opens, CompletableFuture<FrameInterpolator> result) {
        this.opens = opens;
        this.result = result;
    }

    void start() {
        Runtime.getRuntime().addShutdownHook(atExit);
        opening.start();
    }

    private void open() {
        try {
            FrameInterpolator opened = opens.get();
            if (!result.complete(opened)) {
                opened.close();
            }
        } catch (Throwable e) {
            if (!result.completeExceptionally(e)) {
                log.debug("an engine that nobody waits for was not opened", e);
            }
        } finally {
            forgetExit();
        }
    }

    private void forgetExit() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is ending and waits for this thread.
        }
    }

    private void cancelAndWait() {
        result.cancel(false);
        try {
            opening.join(LONGEST_STEP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
