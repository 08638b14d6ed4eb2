package dev.midframe.onnx;

import dev.midframe.interpolation.InterpolationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waiting for what other threads compute. */
final class Waiting {

    private Waiting() {}

    /**
     * Waits for success.
     *
     * @throws InterpolationException when it failed, or this thread was interrupted
     */
    public static void await(Future<?> future) {
        try {
            future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterpolationException failure) {
                throw failure;
            }
            throw new InterpolationException("interpolation failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterpolationException("interrupted while waiting for a frame", e);
        }
    }

    /** Waits for an end, good or bad; an interrupt is kept for later, because memory is freed after this. */
    public static void settle(Future<?> future) {
        boolean interrupted = false;
        while (!future.isDone()) {
            try {
                future.get();
            } catch (ExecutionException e) {
                break; // Whoever wanted the result has been told.
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
