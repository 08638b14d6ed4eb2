package dev.midframe.server.stream;

import dev.midframe.interpolation.FrameKind;
import dev.midframe.interpolation.FrameObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Passes each frame on to the stream whose pipeline holds the element. */
public final class FrameRouter implements FrameObserver {
    private final Map<String, FrameObserver> byElement = new ConcurrentHashMap<>();

    /** From now on these elements belong to this stream. Element names have to differ between streams. */
    void add(List<String> elements, FrameObserver stream) {
        elements.forEach(element -> byElement.put(element, stream));
    }

    void remove(List<String> elements, FrameObserver stream) {
        elements.forEach(element -> byElement.remove(element, stream));
    }

    @Override
    public void frame(String element, long streamTimeNanos, FrameKind kind, long latencyNanos) {
        FrameObserver stream = byElement.get(element);
        if (stream != null) {
            stream.frame(element, streamTimeNanos, kind, latencyNanos);
        }
    }
}
