package dev.midframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.ffi.NativeFunctions;
import dev.midframe.ffi.NativeStrings;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.testkit.OtherPrograms;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;

/** GStreamer's own RTSP server with a moving picture at {@code rtsp://127.0.0.1:PORT/cam}, as a process of its own. */
public final class RtspServer {
    public static final String LIBRARY = "libgstrtspserver-1.0.so.0";

    private RtspServer() {}

    public static boolean installed() {
        try {
            SymbolLookup.libraryLookup(LIBRARY, Arena.ofAuto());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A moving picture of 160 x 96 at 15 frames a second; key frames are far apart, as cameras send them. */
    static Process start(OtherPrograms programs, int port) throws IOException {
        return start(
                programs,
                port,
                "( videotestsrc is-live=true pattern=ball ! video/x-raw,format=I420,width=160,height=96,framerate=15/1 "
                        + "! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=250 ! rtph264pay name=pay0 pt=96 )");
    }

    /** @param media what is sent, with payloaders called pay0, pay1 ... */
    public static Process start(OtherPrograms programs, int port, String media) throws IOException {
        Process sender = programs.java(RtspServer.class, Integer.toString(port), media);
        assertThat(sender.inputReader().readLine()).isEqualTo("listening");
        return sender;
    }

    /** What the program needs of the server and of GLib's loop. */
    interface Functions {

        long gst_rtsp_server_new();

        void gst_rtsp_server_set_address(long server, long address);

        void gst_rtsp_server_set_service(long server, long port);

        long gst_rtsp_server_get_mount_points(long server);

        int gst_rtsp_server_attach(long server, long context);

        long gst_rtsp_media_factory_new();

        void gst_rtsp_media_factory_set_launch(long factory, long description);

        void gst_rtsp_media_factory_set_shared(long factory, int shared);

        void gst_rtsp_mount_points_add_factory(long mounts, long path, long factory);

        long g_main_loop_new(long context, int running);

        void g_main_loop_run(long loop);
    }

    /** Says {@code listening} when it does, and goes on until it is killed. */
    public static void main(String[] arguments) {
        NativeStrings strings = GStreamer.get().strings();
        Functions rtsp = NativeFunctions.bind(
                Functions.class,
                SymbolLookup.libraryLookup(LIBRARY, Arena.global())
                        .or(SymbolLookup.libraryLookup("libglib-2.0.so.0", Arena.global())));
        long server = rtsp.gst_rtsp_server_new();
        rtsp.gst_rtsp_server_set_address(server, strings.lasting("127.0.0.1"));
        rtsp.gst_rtsp_server_set_service(server, strings.lasting(arguments[0]));
        long factory = rtsp.gst_rtsp_media_factory_new();
        rtsp.gst_rtsp_media_factory_set_launch(factory, strings.lasting(arguments[1]));
        rtsp.gst_rtsp_media_factory_set_shared(factory, 1);
        long mounts = rtsp.gst_rtsp_server_get_mount_points(server);
        rtsp.gst_rtsp_mount_points_add_factory(mounts, strings.lasting("/cam"), factory);
        if (rtsp.gst_rtsp_server_attach(server, 0) == 0) {
            throw new IllegalStateException("cannot listen on port " + arguments[0]);
        }
        System.out.println("listening");
        rtsp.g_main_loop_run(rtsp.g_main_loop_new(0, 0));
    }
}
