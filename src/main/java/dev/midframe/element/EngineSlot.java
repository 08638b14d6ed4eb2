package dev.midframe.element;

import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.InterpolatorFactory;
import org.jspecify.annotations.Nullable;

/** The engine of an element: kept as long as the same one is asked for. */
final class EngineSlot {

    private final InterpolatorFactory engines;
    private @Nullable EngineRequest request;
    private volatile @Nullable FrameInterpolator engine;

    EngineSlot(InterpolatorFactory engines) {
        this.engines = engines;
    }

    /** The engine for a request, opened if it is not the open one. May take seconds. */
    FrameInterpolator open(EngineRequest wanted) {
        FrameInterpolator open = engine;
        if (open != null && wanted.equals(request)) {
            return open;
        }
        close();
        FrameInterpolator opened = engines.open(wanted);
        request = wanted;
        engine = opened;
        return opened;
    }

    void close() {
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
