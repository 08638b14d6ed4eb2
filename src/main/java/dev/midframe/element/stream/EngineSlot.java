package dev.midframe.element.stream;

import dev.midframe.element.Messages;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.InterpolatorFactory;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The engine of an element: kept as long as the same one is asked for. */
public final class EngineSlot {

    private final InterpolatorFactory engines;
    private final ClosingEngines closing;
    private final Messages messages;
    private final BooleanSupplier active;
    private final Flushing flushing;
    private volatile @Nullable EngineWorker engine;
    /** Two engines at once may be more than a GPU's memory holds. */
    private CompletableFuture<Void> before = CompletableFuture.completedFuture(null);

    /**
     * @param closing gets engines that are not wanted any more
     * @param messages get how far an engine's build is
     * @param active whether the element's stream may still go on; false cancels a build
     * @param flushing where the stream waits for the engine
     */
    public EngineSlot(
            InterpolatorFactory engines,
            ClosingEngines closing,
            Messages messages,
            BooleanSupplier active,
            Flushing flushing) {
        this.engines = engines;
        this.closing = closing;
        this.messages = messages;
        this.active = active;
        this.flushing = flushing;
    }

    /** The engine for a request; begins to open it if it is not the present one, which is closed before. */
    public EngineWorker open(EngineRequest wanted) {
        EngineWorker present = engine;
        if (present != null && present.serves(wanted)) {
            return present;
        }
        close();
        EngineWorker opening =
                new EngineWorker(engines, wanted, new BuildProgressReporter(messages, active), before, flushing);
        engine = opening;
        return opening;
    }

    /** Has the engine closed as soon as what it has begun is done, and waits for none of it. */
    public void close() {
        EngineWorker present = engine;
        engine = null;
        if (present != null) {
            before = present.closed();
            closing.add(before);
            present.close();
        }
    }

    /** How far the engine is, from any thread. */
    public EngineState state() {
        EngineWorker present = engine;
        if (present == null) {
            return EngineState.NONE;
        }
        if (!present.isDone()) {
            return EngineState.OPENING;
        }
        return present.ready() == null ? EngineState.NONE : EngineState.OPEN;
    }

    /** The open engine in one line, from any thread. */
    public String description() {
        EngineWorker present = engine;
        FrameInterpolator open = present == null ? null : present.ready();
        return open == null ? "none" : open.description();
    }
}
