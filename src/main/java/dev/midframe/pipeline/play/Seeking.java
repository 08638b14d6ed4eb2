package dev.midframe.pipeline.play;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.ObjectReference;
import dev.midframe.pipeline.Progress;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a pipeline is, and the way to elsewhere. A position that is asked for on the way to another is gone to after that:
 * keys come faster than pictures.
 */
final class Seeking {

    private static final long NOWHERE = -1;
    private static final int FORMAT_TIME = 3;
    private static final int FLUSH_ACCURATE = 1 | 2;
    private static final int SET = 1;
    private static final int NONE = 0;

    /** Behind that the film would end at once. */
    private static final long LAST_NANOS = Duration.ofSeconds(1).toNanos();

    private final GStreamer gstreamer;
    private final ObjectReference pipeline;
    private long underWay = NOWHERE;
    private long wanted = NOWHERE;

    /** @param pipeline is lent */
    Seeking(GStreamer gstreamer, ObjectReference pipeline) {
        this.gstreamer = gstreamer;
        this.pipeline = pipeline;
    }

    /** Another film. */
    void reset() {
        underWay = NOWHERE;
    }

    Progress progress() {
        try (Arena arena = Arena.ofConfined()) {
            long answer = arena.allocate(ValueLayout.JAVA_LONG, 2).address();
            pipeline.use(element -> {
                gstreamer.elements().gst_element_query_position(element, FORMAT_TIME, answer);
                gstreamer.elements().gst_element_query_duration(element, FORMAT_TIME, answer + Long.BYTES);
            });
            long position = underWay == NOWHERE ? Math.max(0, Memory.getLong(answer, 0)) : wanted;
            long duration = Memory.getLong(answer, Long.BYTES);
            return new Progress(
                    Duration.ofNanos(position),
                    duration > 0 ? Optional.of(Duration.ofNanos(duration)) : Optional.empty());
        }
    }

    /** Goes there, or as near as there is film. */
    void to(Duration position, double rate) {
        long last = progress()
                .duration()
                .map(whole -> Math.max(0, whole.toNanos() - LAST_NANOS))
                .orElse(Long.MAX_VALUE);
        wanted = Math.clamp(position.toNanos(), 0, last);
        if (underWay == NOWHERE) {
            go(rate);
        }
    }

    /** The first frame of a position is there. */
    void arrived(double rate) {
        boolean further = underWay != NOWHERE && wanted != underWay;
        underWay = NOWHERE;
        if (further) {
            go(rate);
        }
    }

    private void go(double rate) {
        int begun = pipeline.get(element -> gstreamer
                .elements()
                .gst_element_seek(element, rate, FORMAT_TIME, FLUSH_ACCURATE, SET, wanted, NONE, 0));
        underWay = begun == 0 ? NOWHERE : wanted;
    }
}
