package dev.midframe.element.stream;

import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.support.DaemonThreads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine, and the two threads that wait in it so that a streaming thread never has to: one opens the engine and hands it
 * pairs, the other fetches what it makes. Owns the engine, and closes it once all that was begun has ended.
 */
public final class EngineWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineWorker.class);

    private final EngineRequest request;
    private final BuildProgressReporter progress;
    private final CompletableFuture<FrameInterpolator> opening = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final ExecutorService entrance = Executors.newSingleThreadExecutor(new DaemonThreads("midframe-engine"));
    private final ExecutorService exit = Executors.newSingleThreadExecutor(new DaemonThreads("midframe-results"));

    /**
     * Begins to open the engine. May take seconds, minutes where it has to be built.
     *
     * @param before the engine is opened after this has ended
     * @param flushing whoever waits there for the engine is woken
     */
    EngineWorker(
            InterpolatorFactory engines,
            EngineRequest request,
            BuildProgressReporter progress,
            CompletableFuture<Void> before,
            Flushing flushing) {
        this.request = request;
        this.progress = progress;
        opening.whenComplete((engine, failure) -> flushing.wake());
        entrance.execute(() -> {
            try {
                before.join();
                opening.complete(engines.open(request, progress));
            } catch (Throwable e) {
                opening.completeExceptionally(e);
            }
        });
    }

    /** Whether it serves a request: not when it could not be opened, which may go better another time. */
    boolean serves(EngineRequest wanted) {
        return request.equals(wanted) && !opening.isCompletedExceptionally();
    }

    /** The engine once it is open. */
    @Nullable
    FrameInterpolator ready() {
        return opening.isCompletedExceptionally() ? null : opening.getNow(null);
    }

    /** Whether it is open, or cannot be opened. */
    boolean isDone() {
        return opening.isDone();
    }

    /** Does something in the thread that works with the engine, after the engine has been opened and in the order asked. */
    void enter(Runnable work) {
        entrance.execute(work);
    }

    /** Does something in the thread that waits for results, in the order asked. Called in the thread of {@link #enter}. */
    void leave(Runnable work) {
        exit.execute(work);
    }

    /**
     * The engine, in the threads of this.
     *
     * @throws Flow.Stop when it is not wanted any more
     * @throws InterpolationException when it cannot be opened
     */
    FrameInterpolator get() {
        try {
            return opening.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof InterpolationException && progress.cancelled()) {
                throw new Flow.Stop(Flow.FLUSHING);
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }

    /** Cancels a build, and has the engine closed after all that was asked before. Waits for none of it. */
    @Override
    public void close() {
        progress.end();
        enter(() -> {
            leave(this::closeEngine);
            exit.shutdown();
        });
        entrance.shutdown();
    }

    /** Ends when the engine is closed, if that was asked. */
    CompletableFuture<Void> closed() {
        return closed;
    }

    private void closeEngine() {
        FrameInterpolator engine = ready();
        try {
            if (engine != null) {
                engine.close();
            }
        } catch (RuntimeException | Error e) {
            LOG.error("an engine could not be closed", e);
        } finally {
            closed.complete(null);
        }
    }
}
