package dev.midframe.pipeline;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GstElements;
import dev.midframe.ffi.gst.ObjectReference;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Optional;

/**
 * How far a pipeline is.
 *
 * @param position stream time reached
 * @param duration stream time in all; empty for live sources
 */
public record Progress(Duration position, Optional<Duration> duration) {

    private static final int FORMAT_TIME = 3;

    /** Nowhere once the pipeline is closed. */
    static Progress of(GstElements gst, ObjectReference pipeline) {
        long[] nanos = {0, 0};
        try (Arena arena = Arena.ofConfined()) {
            long answer = arena.allocate(ValueLayout.JAVA_LONG).address();
            pipeline.useIfOpen(element -> {
                if (gst.gst_element_query_position(element, FORMAT_TIME, answer) != 0) {
                    nanos[0] = Math.max(0, Memory.getLong(answer, 0));
                }
                if (gst.gst_element_query_duration(element, FORMAT_TIME, answer) != 0) {
                    nanos[1] = Memory.getLong(answer, 0);
                }
            });
        }
        return new Progress(
                Duration.ofNanos(nanos[0]), nanos[1] > 0 ? Optional.of(Duration.ofNanos(nanos[1])) : Optional.empty());
    }
}
