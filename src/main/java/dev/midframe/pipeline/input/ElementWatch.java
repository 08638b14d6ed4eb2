package dev.midframe.pipeline.input;

import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.References;
import java.util.function.LongConsumer;

/** Shows every element of a bin: those that are there, and each that is added later, at any depth. */
final class ElementWatch {

    private final GStreamer gstreamer;
    private final LongConsumer observer;

    private ElementWatch(GStreamer gstreamer, LongConsumer observer) {
        this.gstreamer = gstreamer;
        this.observer = observer;
    }

    /**
     * Begins. Call before the bin leaves NULL.
     *
     * @param observer is lent each element that is no bin, in the thread that adds it
     */
    static void start(GStreamer gstreamer, long bin, LongConsumer observer) {
        new ElementWatch(gstreamer, observer).watch(bin);
    }

    private void watch(long bin) {
        try (var references = new References(gstreamer)) {
            references.all(gstreamer.elements().gst_bin_iterate_elements(bin)).forEach(this::show);
        }
        gstreamer.callbacks().connectWithArgument(gstreamer, bin, "element-added", (parent, element) -> {
            show(element);
            return 0;
        });
    }

    private void show(long element) {
        if (gstreamer.isA(element, gstreamer.elements().gst_bin_get_type())) {
            watch(element);
        } else {
            observer.accept(element);
        }
    }
}
