package dev.midframe.server.stream;

import dev.midframe.pipeline.MediaPipeline;
import java.util.List;
import java.util.Set;

/**
 * Distinguishes sources that only listen from those that call. Where one that listens hears nothing, starting it again mends
 * nothing, and does harm: a sender begins with a key frame, and if that comes while the port is closed, the next one may be
 * many seconds away.
 */
final class Listening {
    private static final Set<String> LISTENERS = Set.of("udpsrc");

    private Listening() {}

    /** Whether everything in this pipeline begins with a source that only listens. */
    static boolean only(MediaPipeline pipeline) {
        List<String> sources = pipeline.sources();
        return !sources.isEmpty() && LISTENERS.containsAll(sources);
    }
}
