package dev.midframe.ffi.gst;

import dev.midframe.ffi.NativeStrings;
import dev.midframe.ffi.Upcalls;
import dev.midframe.ffi.UserData;
import java.lang.foreign.Arena;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signal handlers and pad probes that are Java. GStreamer keeps each as long as the object it belongs to, and says when it
 * is done with it. What a handler throws is logged and goes no further.
 */
public final class Callbacks {

    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

    private final UserData<Handler> handlers = new UserData<>();
    private final Upcalls upcalls = new Upcalls(
            Arena.global(), (thrown, object) -> LOG.error("what GStreamer called in the program failed", thrown));
    private long withoutArgument;
    private long withArgument;
    private long probe;
    private long forget;

    /** Called by GStreamer, in a thread of its choice. */
    @FunctionalInterface
    public interface Handler {

        /**
         * Handles a call.
         *
         * @param object who calls, such as an element or a pad
         * @param argument what the call is about, 0 where there is nothing more to say; it is only lent
         * @return what the caller asks for, for example a GstPadProbeReturn
         */
        long handle(long object, long argument);
    }

    /** Connects a handler to a signal that carries no argument, such as {@code no-more-pads}. */
    public void connect(GStreamer gstreamer, long object, String signal, Handler handler) {
        connect(gstreamer, object, signal, stubs().withoutArgument, handler);
    }

    /** Connects a handler to a signal that carries one pointer, such as {@code pad-added}. */
    public void connectWithArgument(GStreamer gstreamer, long object, String signal, Handler handler) {
        connect(gstreamer, object, signal, stubs().withArgument, handler);
    }

    private void connect(GStreamer gstreamer, long object, String signal, long stub, Handler handler) {
        long data = handlers.add(handler);
        NativeStrings.with(
                signal, name -> gstreamer.gobjects().g_signal_connect_data(object, name, stub, data, forget, 0));
    }

    /** Adds a probe to a pad; its handler's argument is a GstPadProbeInfo. One that throws lets everything pass. */
    public void probe(GStreamer gstreamer, long pad, int types, Handler handler) {
        gstreamer.elements().gst_pad_add_probe(pad, types, stubs().probe, handlers.add(handler), forget);
    }

    /** How many handlers GStreamer holds. */
    public int size() {
        return handlers.size();
    }

    private synchronized Callbacks stubs() {
        if (forget == 0) {
            withoutArgument = upcalls.address(this, "withoutArgument", 0);
            withArgument = upcalls.address(this, "withArgument", 0);
            probe = upcalls.address(this, "probed", PadProbe.OK);
            forget = upcalls.address(this, "forget", 0);
        }
        return this;
    }

    private long withoutArgument(long object, long data) {
        return withArgument(object, 0, data);
    }

    private long withArgument(long object, long argument, long data) {
        Handler handler = handlers.get(data);
        return handler == null ? 0 : handler.handle(object, argument);
    }

    private long probed(long pad, long info, long data) {
        Handler handler = handlers.get(data);
        return handler == null ? PadProbe.OK : handler.handle(pad, info);
    }

    private void forget(long data) {
        handlers.remove(data);
    }
}
