package dev.midframe.server.stream;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Brings what elements tell to the stream whose pipeline holds the element. */
public final class FrameRouter implements FrameLog {
    private final Map<String, FrameLog> byElement = new ConcurrentHashMap<>();

    /** From now on these elements belong to this stream. Element names have to differ between streams. */
    void add(List<String> elements, FrameLog stream) {
        elements.forEach(element -> byElement.put(element, stream));
    }

    void remove(List<String> elements, FrameLog stream) {
        elements.forEach(element -> byElement.remove(element, stream));
    }

    @Override
    public void frame(String element, long streamTimeNanos, FrameKind kind, long latencyNanos) {
        FrameLog stream = byElement.get(element);
        if (stream != null) {
            stream.frame(element, streamTimeNanos, kind, latencyNanos);
        }
    }
}
