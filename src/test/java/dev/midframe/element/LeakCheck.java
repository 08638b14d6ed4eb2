package dev.midframe.element;

import dev.midframe.element.stream.ClosingEngines;
import dev.midframe.ffi.NativeFunctions;
import dev.midframe.interpolation.FrameObserver;
import dev.midframe.testkit.AveragingInterpolator;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.time.Duration;

/** A program that runs pipelines without any binding but our own and ends GStreamer, whose leak tracer then reports. */
final class LeakCheck {

    /** What a working tracer finds. */
    static final String LEAKED_ON_PURPOSE = "type-name=(string)GstTagList";

    private static final int STATE_NULL = 1;
    private static final int STATE_PAUSED = 3;
    private static final int STATE_PLAYING = 4;
    private static final int MESSAGE_EOS_OR_ERROR = 1 | 1 << 1;
    private static final int FORMAT_TIME = 3;
    private static final int SEEK_FLUSH = 1;
    private static final long TEN_SECONDS = 10_000_000_000L;

    private LeakCheck() {}

    /** What the program needs beside the element. */
    interface Calls {
        void gst_deinit();

        long gst_parse_launch(long description, long error);

        int gst_element_set_state(long element, int state);

        int gst_element_get_state(long element, long state, long pending, long timeout);

        int gst_element_seek_simple(long element, int format, int flags, long position);

        long gst_element_get_bus(long element);

        long gst_bus_timed_pop_filtered(long bus, long timeout, int types);

        void gst_mini_object_unref(long object);

        void gst_object_unref(long object);

        long gst_tag_list_new_empty();
    }

    /** @param descriptions pipelines */
    public static void main(String[] descriptions) throws InterruptedException {
        Calls gst =
                NativeFunctions.bind(Calls.class, SymbolLookup.libraryLookup("libgstreamer-1.0.so.0", Arena.global()));
        ClosingEngines closing = MidframeElement.register(AveragingInterpolator::new, FrameObserver.NONE);
        try (Arena arena = Arena.ofConfined()) {
            for (String description : descriptions) {
                run(gst, arena.allocateFrom(description).address());
            }
        }
        closing.await(Duration.ofMinutes(1));
        gst.gst_tag_list_new_empty();
        gst.gst_deinit();
    }

    private static void run(Calls gst, long description) {
        long pipeline = gst.gst_parse_launch(description, 0);
        gst.gst_element_set_state(pipeline, STATE_PAUSED);
        gst.gst_element_get_state(pipeline, 0, 0, TEN_SECONDS);
        gst.gst_element_seek_simple(pipeline, FORMAT_TIME, SEEK_FLUSH, 200_000_000);
        gst.gst_element_set_state(pipeline, STATE_PLAYING);
        long bus = gst.gst_element_get_bus(pipeline);
        long message = gst.gst_bus_timed_pop_filtered(bus, TEN_SECONDS, MESSAGE_EOS_OR_ERROR);
        if (message != 0) {
            gst.gst_mini_object_unref(message);
        }
        gst.gst_object_unref(bus);
        gst.gst_element_set_state(pipeline, STATE_NULL);
        gst.gst_object_unref(pipeline);
    }
}
