package dev.midframe.testkit;

import dev.midframe.ffi.NativeFunctions;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;

/** What tests need of GStreamer beside what the program does. */
interface TestFunctions {

    long gst_app_sink_try_pull_preroll(long appsink, long timeoutNanos);

    int gst_element_query(long element, long query);

    long gst_event_new_seek(double rate, int format, int flags, int startType, long start, int stopType, long stop);

    int gst_event_get_seqnum(long event);

    int gst_message_get_seqnum(long message);

    long gst_pad_query_caps(long pad, long filter);

    long g_param_spec_get_default_value(long specification);

    static TestFunctions bind() {
        return NativeFunctions.bind(
                TestFunctions.class,
                SymbolLookup.libraryLookup("libgstapp-1.0.so.0", Arena.global())
                        .or(SymbolLookup.libraryLookup("libgstreamer-1.0.so.0", Arena.global()))
                        .or(SymbolLookup.libraryLookup("libgobject-2.0.so.0", Arena.global())));
    }
}
