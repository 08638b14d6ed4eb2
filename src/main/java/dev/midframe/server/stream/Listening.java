package dev.midframe.server.stream;

import java.util.List;
import java.util.Set;
import org.freedesktop.gstreamer.Bin;
import org.freedesktop.gstreamer.Element;

/**
 * Tells sources that only listen from those that call. Where one that listens hears nothing, starting it again mends
 * nothing, and does harm: a sender begins with a key frame, and if that comes while the port is closed, the next one may be
 * many seconds away.
 */
final class Listening {
    private static final Set<String> LISTENERS = Set.of("udpsrc");

    private Listening() {}

    /** Whether everything in this pipeline begins with a source that only listens. */
    static boolean only(Bin pipeline) {
        List<Element> sources = pipeline.getSources();
        return !sources.isEmpty()
                && sources.stream()
                        .allMatch(
                                source -> LISTENERS.contains(source.getFactory().getName()));
    }
}
