package dev.midframe.pipeline;

import com.sun.jna.Callback;
import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.concurrent.TimeUnit;
import org.freedesktop.gstreamer.Pipeline;
import org.freedesktop.gstreamer.glib.Natives;
import org.freedesktop.gstreamer.lowlevel.GstAPI.GErrorStruct;
import org.freedesktop.gstreamer.lowlevel.GstMessagePtr;
import org.freedesktop.gstreamer.lowlevel.GstNative;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a pipeline's bus in a thread of the pipeline's own.
 *
 * <p>gst1-java-core 1.4.0 finds a message's listeners by the address of the bus, in a map from which its clean-up behind the
 * garbage collector removes by address too, newer entries included; and one thread calls the listeners of all pipelines of
 * the process, so that one that blocks silences all. A message lost to either is an end of stream that nobody hears. So
 * messages stay native pointers here, and the binding is not asked whose they are.
 */
final class BusReader {

    /** What is told, in the reader's thread, one message at a time. */
    interface Listener {

        void endOfStream();

        /** Every sink has its first frame. */
        void prerolled();

        /** @param source the factory of the element that failed */
        void error(String source, String message);

        /** @param source the factory of the element that warns */
        void warning(String source, String message);

        /** How far the building of an engine is, in percent. */
        void engineBuild(String what, int percent);
    }

    private static final Logger log = LoggerFactory.getLogger(BusReader.class);
    private static final GStreamer gst = GstNative.load(GStreamer.class);

    // GstMessageType
    private static final int EOS = 1;
    private static final int ERROR = 1 << 1;
    private static final int WARNING = 1 << 2;
    private static final int APPLICATION = 1 << 14;
    private static final int ELEMENT = 1 << 15;
    private static final int ASYNC_DONE = 1 << 21;

    private static final int READ = EOS | ERROR | WARNING | APPLICATION | ELEMENT | ASYNC_DONE;
    private static final long LOOK_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /**
     * Lets every message pass. It is there because it is the first of Java that a streaming thread meets, and whoever that is
     * says whether the thread stays with Java: let go after each call, it would be let go in the middle of others.
     */
    private static final SyncHandler PASS = (bus, message, data) -> 1;

    static {
        Native.setCallbackThreadInitializer(PASS, new CallbackThreadInitializer(true, false, "GStreamer"));
    }

    private final Pointer bus;
    private final Listener listener;
    private final Thread thread;
    private volatile boolean ended;

    /** Takes the bus over from the binding; nothing is read before {@link #start}. */
    BusReader(Pipeline pipeline, Listener listener) {
        this.listener = listener;
        bus = gst.gst_element_get_bus(Natives.getRawPointer(pipeline));
        gst.gst_bus_set_sync_handler(bus, PASS, null, null);
        thread = Thread.ofPlatform().daemon().name("bus-" + pipeline.getName()).unstarted(this::read);
    }

    void start() {
        thread.start();
    }

    /** Lets go of the bus; from then on nothing is told. Called once. */
    void end() {
        ended = true;
        if (thread.getState() == Thread.State.NEW) {
            gst.gst_object_unref(bus);
        } else {
            // Wakes the reader; on a bus that takes no messages any more it looks up by itself.
            gst.gst_bus_post(bus, gst.gst_message_new_application(null, gst.gst_structure_new_empty("midframe-end")));
        }
    }

    private void read() {
        while (!ended) {
            Pointer message = gst.gst_bus_timed_pop_filtered(bus, LOOK_UP_NANOS, READ);
            if (message != null) {
                try {
                    tell(message);
                } catch (RuntimeException e) {
                    log.error("a message of the pipeline cannot be read", e);
                } finally {
                    gst.gst_mini_object_unref(message);
                }
            }
        }
        gst.gst_object_unref(bus);
    }

    private void tell(Pointer message) {
        if (ended) {
            return;
        }
        switch (new GstMessagePtr(message).getMessageType()) {
            case EOS -> listener.endOfStream();
            case ASYNC_DONE -> listener.prerolled();
            case ERROR -> listener.error(source(message), text(message, gst::gst_message_parse_error));
            case WARNING -> listener.warning(source(message), text(message, gst::gst_message_parse_warning));
            case ELEMENT -> tellElement(gst.gst_message_get_structure(message));
            default -> {}
        }
    }

    private void tellElement(@Nullable Pointer structure) {
        var percent = new IntByReference();
        if (structure != null
                && gst.gst_structure_has_name(structure, "midframe-engine")
                && gst.gst_structure_get_int(structure, "percent", percent)) {
            listener.engineBuild(gst.gst_structure_get_string(structure, "what"), percent.getValue());
        }
    }

    private static String source(Pointer message) {
        var source = new GstMessagePtr(message).getSource();
        if (source == null) {
            return "the pipeline";
        }
        Pointer object = source.getPointer();
        Pointer factory = gst.g_type_check_instance_is_a(object, gst.gst_element_get_type())
                ? gst.gst_element_get_factory(object)
                : null;
        Pointer name = gst.gst_object_get_name(factory == null ? object : factory);
        try {
            return name.getString(0);
        } finally {
            gst.g_free(name);
        }
    }

    private static String text(Pointer message, Parser parser) {
        var error = new PointerByReference();
        parser.parse(message, error, null);
        try {
            return new GErrorStruct(error.getValue()).getMessage();
        } finally {
            gst.g_error_free(error.getValue());
        }
    }

    private interface Parser {
        void parse(Pointer message, PointerByReference error, @Nullable Pointer debug);
    }

    private interface SyncHandler extends Callback {
        int handle(Pointer bus, Pointer message, @Nullable Pointer data);
    }

    /** Functions of GStreamer and, below it, GLib. */
    private interface GStreamer extends Library {

        NativeLong gst_element_get_type();

        Pointer gst_element_get_bus(Pointer element);

        @Nullable
        Pointer gst_element_get_factory(Pointer element);

        Pointer gst_object_get_name(Pointer object);

        void gst_object_unref(Pointer object);

        void gst_mini_object_unref(Pointer miniObject);

        void gst_bus_set_sync_handler(
                Pointer bus, SyncHandler handler, @Nullable Pointer data, @Nullable Pointer destroy);

        @Nullable
        Pointer gst_bus_timed_pop_filtered(Pointer bus, long timeoutNanos, int types);

        boolean gst_bus_post(Pointer bus, Pointer message);

        Pointer gst_message_new_application(@Nullable Pointer source, Pointer structure);

        Pointer gst_structure_new_empty(String name);

        void gst_message_parse_error(Pointer message, PointerByReference error, @Nullable Pointer debug);

        void gst_message_parse_warning(Pointer message, PointerByReference error, @Nullable Pointer debug);

        @Nullable
        Pointer gst_message_get_structure(Pointer message);

        boolean gst_structure_has_name(Pointer structure, String name);

        boolean gst_structure_get_int(Pointer structure, String field, IntByReference value);

        String gst_structure_get_string(Pointer structure, String field);

        boolean g_type_check_instance_is_a(Pointer instance, NativeLong type);

        void g_error_free(Pointer error);

        void g_free(Pointer memory);
    }
}
