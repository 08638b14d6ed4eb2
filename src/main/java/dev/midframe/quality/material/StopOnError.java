package dev.midframe.quality.material;

import java.util.Optional;
import org.freedesktop.gstreamer.Bus;
import org.freedesktop.gstreamer.GstObject;
import org.freedesktop.gstreamer.Pipeline;
import org.jspecify.annotations.Nullable;

/**
 * Stops a pipeline at its first error, so that whoever waits for a frame is freed; remembers the error.
 *
 * <p>Listens to the bus instead of handling its messages: in gst1-java-core 1.4.0 {@code ErrorMessage.getMessage} frees
 * memory that is not GLib's, and a message that a sync handler passes on is used after it was freed.
 */
final class StopOnError {
    private final Pipeline pipeline;
    private final Bus bus;
    private final Bus.ERROR listener = this::onError;
    private @Nullable String error;
    private boolean disposed;

    /** Begins to watch. Called before the pipeline starts. */
    StopOnError(Pipeline pipeline) {
        this.pipeline = pipeline;
        bus = pipeline.getBus();
        bus.connect(listener);
    }

    synchronized Optional<String> error() {
        return Optional.ofNullable(error);
    }

    /** Stops the pipeline for good and releases it. */
    synchronized void dispose() {
        disposed = true;
        bus.disconnect(listener);
        pipeline.stop();
        pipeline.dispose();
    }

    private synchronized void onError(GstObject source, int code, String message) {
        if (!disposed && error == null) {
            error = message;
            pipeline.stop();
        }
    }
}
