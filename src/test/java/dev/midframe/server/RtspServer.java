package dev.midframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.testkit.OtherPrograms;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

/** GStreamer's own RTSP server with a moving picture at {@code rtsp://127.0.0.1:PORT/cam}, as a process of its own. */
final class RtspServer {
    static final String LIBRARY = "libgstrtspserver-1.0.so.0";

    private static final Linker LINKER = Linker.nativeLinker();

    private RtspServer() {}

    static boolean installed() {
        try {
            SymbolLookup.libraryLookup(LIBRARY, Arena.ofAuto());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A moving picture of 160 x 96 at 15 frames a second; key frames are far apart, as cameras send them. */
    static Process start(OtherPrograms programs, int port) throws IOException {
        Process sender = programs.java(
                RtspServer.class,
                Integer.toString(port),
                "( videotestsrc is-live=true pattern=ball ! video/x-raw,format=I420,width=160,height=96,framerate=15/1 "
                        + "! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=250 ! rtph264pay name=pay0 pt=96 )");
        assertThat(sender.inputReader().readLine()).isEqualTo("listening");
        return sender;
    }

    /** Says {@code listening} when it does, and goes on until it is killed. */
    public static void main(String[] arguments) {
        SymbolLookup rtsp = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
        SymbolLookup glib = SymbolLookup.libraryLookup("libglib-2.0.so.0", Arena.global());
        GStreamer.get();
        long server = (long) call(rtsp, "gst_rtsp_server_new", true);
        call(rtsp, "gst_rtsp_server_set_address", false, server, "127.0.0.1");
        call(rtsp, "gst_rtsp_server_set_service", false, server, arguments[0]);
        long factory = (long) call(rtsp, "gst_rtsp_media_factory_new", true);
        call(rtsp, "gst_rtsp_media_factory_set_launch", false, factory, arguments[1]);
        call(rtsp, "gst_rtsp_media_factory_set_shared", false, factory, 1L);
        long mounts = (long) call(rtsp, "gst_rtsp_server_get_mount_points", true, server);
        call(rtsp, "gst_rtsp_mount_points_add_factory", false, mounts, "/cam", factory);
        if ((long) call(rtsp, "gst_rtsp_server_attach", true, server, 0L) == 0) {
            throw new IllegalStateException("cannot listen on port " + arguments[0]);
        }
        System.out.println("listening");
        call(glib, "g_main_loop_run", false, call(glib, "g_main_loop_new", true, 0L, 0L));
    }

    /** Every argument fits a register: a pointer, a text, or a number. */
    private static Object call(SymbolLookup library, String name, boolean result, Object... arguments) {
        ValueLayout[] types = new ValueLayout[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            types[i] = ValueLayout.JAVA_LONG;
            if (arguments[i] instanceof String text) {
                MemorySegment copy = Arena.global().allocateFrom(text);
                arguments[i] = copy.address();
            }
        }
        FunctionDescriptor type =
                result ? FunctionDescriptor.of(ValueLayout.JAVA_LONG, types) : FunctionDescriptor.ofVoid(types);
        try {
            return LINKER.downcallHandle(library.findOrThrow(name), type).invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException(name + " failed", e);
        }
    }
}
