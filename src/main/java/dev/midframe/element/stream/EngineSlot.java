package dev.midframe.element.stream;

import dev.midframe.element.Messages;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.InterpolatorFactory;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The engine of an element: kept as long as the same one is asked for. */
public final class EngineSlot {

    private final InterpolatorFactory engines;
    private final Messages messages;
    private final BooleanSupplier active;
    private final Flushing flushing;
    private volatile @Nullable OpeningEngine engine;

    /**
     * @param messages get how far an engine's build is
     * @param active whether the element's stream may still go on; false cancels a build
     * @param flushing where the stream waits for the engine
     */
    public EngineSlot(InterpolatorFactory engines, Messages messages, BooleanSupplier active, Flushing flushing) {
        this.engines = engines;
        this.messages = messages;
        this.active = active;
        this.flushing = flushing;
    }

    /** The engine for a request; begins to open it if it is not the present one, which is closed then. */
    public OpeningEngine open(EngineRequest wanted) {
        OpeningEngine present = engine;
        if (present != null && present.serves(wanted)) {
            return present;
        }
        close();
        OpeningEngine opening =
                new OpeningEngine(engines, wanted, new BuildProgressReporter(messages, active), flushing);
        engine = opening;
        return opening;
    }

    public void close() {
        OpeningEngine present = engine;
        engine = null;
        if (present != null) {
            present.close();
        }
    }

    /** The open engine in one line, from any thread. */
    public String description() {
        OpeningEngine present = engine;
        FrameInterpolator open = present == null ? null : present.ready();
        return open == null ? "none" : open.description();
    }
}
