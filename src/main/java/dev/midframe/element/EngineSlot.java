package dev.midframe.element;

import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.InterpolatorFactory;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The engine of an element: kept as long as the same one is asked for. */
final class EngineSlot {

    private final InterpolatorFactory engines;
    private final Messages messages;
    private final BooleanSupplier active;
    private @Nullable EngineRequest request;
    private @Nullable EngineNews news;
    private volatile @Nullable FrameInterpolator engine;

    /**
     * @param messages are told how far an engine's build is
     * @param active whether the element's stream may still go on; false cancels a build
     */
    EngineSlot(InterpolatorFactory engines, Messages messages, BooleanSupplier active) {
        this.engines = engines;
        this.messages = messages;
        this.active = active;
    }

    /**
     * The engine for a request, opened if it is not the open one. May take seconds, minutes where it has to be built.
     *
     * @throws Flow.Stop when the stream ended meanwhile
     */
    FrameInterpolator open(EngineRequest wanted) {
        FrameInterpolator open = engine;
        if (open != null && wanted.equals(request)) {
            return open;
        }
        close();
        EngineNews told = new EngineNews(messages, active);
        news = told;
        try {
            FrameInterpolator opened = engines.open(wanted, told);
            request = wanted;
            engine = opened;
            return opened;
        } catch (InterpolationException e) {
            if (told.cancelled()) {
                throw new Flow.Stop(Flow.FLUSHING);
            }
            throw e;
        }
    }

    void close() {
        EngineNews told = news;
        if (told != null) {
            told.end();
        }
        FrameInterpolator open = engine;
        engine = null;
        request = null;
        if (open != null) {
            open.close();
        }
    }

    /** The open engine in one line, from any thread. */
    String description() {
        FrameInterpolator open = engine;
        return open == null ? "none" : open.description();
    }
}
