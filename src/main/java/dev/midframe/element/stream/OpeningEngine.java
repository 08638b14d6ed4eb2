package dev.midframe.element.stream;

import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.support.DaemonThreads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** An engine that a thread of its own opens, while real frames pass already. */
public final class OpeningEngine implements AutoCloseable {

    private final EngineRequest request;
    private final BuildProgressReporter progress;
    private final CompletableFuture<FrameInterpolator> opening = new CompletableFuture<>();

    /**
     * Begins to open it. May take seconds, minutes where it has to be built.
     *
     * @param flushing whoever waits there for the engine is woken
     */
    OpeningEngine(
            InterpolatorFactory engines, EngineRequest request, BuildProgressReporter progress, Flushing flushing) {
        opening.whenComplete((engine, failure) -> flushing.wake());
        this.request = request;
        this.progress = progress;
        new DaemonThreads("midframe-engine").newThread(() -> open(engines)).start();
    }

    private void open(InterpolatorFactory engines) {
        try {
            opening.complete(engines.open(request, progress));
        } catch (Throwable e) {
            opening.completeExceptionally(e);
        }
    }

    /** Whether it serves a request: not when it could not be opened, which may go better another time. */
    boolean serves(EngineRequest wanted) {
        return request.equals(wanted) && !opening.isCompletedExceptionally();
    }

    /** The engine once it is open. */
    @Nullable
    FrameInterpolator ready() {
        return serves(request) ? opening.getNow(null) : null;
    }

    /** Whether there is nothing to wait for any more. */
    boolean isDone() {
        return opening.isDone();
    }

    /**
     * The engine, waiting for it.
     *
     * @throws Flow.Stop when the stream ended meanwhile
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

    /** Cancels a build, waits for its end, and closes what was opened. */
    @Override
    public void close() {
        progress.end();
        opening.exceptionally(failure -> null)
                .thenAccept(engine -> {
                    if (engine != null) {
                        engine.close();
                    }
                })
                .join();
    }
}
