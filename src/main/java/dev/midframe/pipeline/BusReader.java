package dev.midframe.pipeline;

import dev.midframe.ffi.NativeStrings;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.Message;
import dev.midframe.ffi.gst.ObjectReference;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a pipeline's bus in a thread of the pipeline's own, so that a listener that blocks holds up no other pipeline. */
final class BusReader {

    /** What is reported, in the reader's thread, one message at a time. */
    interface Listener {

        void endOfStream();

        /** Every sink has its first frame. */
        void prerolled();

        /**
         * @param source the factory of the element that failed
         * @param debug more for programmers; may be empty
         */
        void error(String source, String message, String debug);

        /** @param source the factory of the element that warns */
        void warning(String source, String message);

        /** How far the building of an engine is, in percent. */
        void engineBuild(String what, int percent);
    }

    private static final Logger log = LoggerFactory.getLogger(BusReader.class);

    private static final int READ =
            Message.EOS | Message.ERROR | Message.WARNING | Message.APPLICATION | Message.ELEMENT | Message.ASYNC_DONE;
    private static final long LOOK_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final GStreamer gstreamer;
    private final ObjectReference bus;
    private final Listener listener;
    private final Thread thread;
    private volatile boolean ended;

    /** Nothing is read before {@link #start}. */
    BusReader(GStreamer gstreamer, ObjectReference pipeline, Listener listener) {
        this.gstreamer = gstreamer;
        this.listener = listener;
        bus = pipeline.get(element ->
                ObjectReference.owning(gstreamer, gstreamer.elements().gst_element_get_bus(element)));
        thread = Thread.ofPlatform().daemon().name("bus-" + pipeline.name()).unstarted(this::read);
    }

    void start() {
        thread.start();
    }

    /** Lets go of the bus; from then on nothing is reported. Called once. */
    void end() {
        ended = true;
        // Wakes the reader; on a bus that takes no messages any more it looks up by itself.
        bus.use(open -> gstreamer
                .elements()
                .gst_bus_post(
                        open,
                        gstreamer
                                .gst()
                                .gst_message_new_application(
                                        0,
                                        NativeStrings.call("midframe-end", gstreamer.gst()::gst_structure_new_empty))));
        bus.close();
    }

    private void read() {
        while (!ended) {
            try {
                bus.useIfOpen(open ->
                        Message.pop(gstreamer, open, LOOK_UP_NANOS, READ).ifPresent(this::report));
            } catch (RuntimeException e) {
                log.error("a message of the pipeline cannot be read", e);
            }
        }
    }

    private void report(Message message) {
        try (message) {
            if (ended) {
                return;
            }
            switch (message.type()) {
                case Message.EOS -> listener.endOfStream();
                case Message.ASYNC_DONE -> listener.prerolled();
                case Message.ERROR -> listener.error(source(message), message.text(), message.debugText());
                case Message.WARNING -> listener.warning(source(message), message.text());
                case Message.ELEMENT -> tellElement(message);
                default -> {}
            }
        }
    }

    private void tellElement(Message message) {
        if (message.structureName().equals(Optional.of("midframe-engine"))) {
            message.integer("percent")
                    .ifPresent(percent ->
                            listener.engineBuild(message.string("what").orElse(""), percent));
        }
    }

    private static String source(Message message) {
        return message.sourceFactory().orElse("the pipeline");
    }
}
