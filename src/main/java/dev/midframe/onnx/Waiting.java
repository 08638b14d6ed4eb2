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
}
