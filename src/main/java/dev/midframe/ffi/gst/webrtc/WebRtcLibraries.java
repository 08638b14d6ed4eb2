package dev.midframe.ffi.gst.webrtc;

import dev.midframe.ffi.NativeFunctions;
import dev.midframe.ffi.gst.GStreamer;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.net.InetAddress;
import java.util.Optional;

/** The libraries that webrtcbin's negotiation needs beside GStreamer's own. */
public final class WebRtcLibraries {

    private final GStreamer gstreamer;
    private final GstWebRtc webrtc = bind(GstWebRtc.class, "libgstwebrtc-1.0.so.0");
    private final GstSdp sdp = bind(GstSdp.class, "libgstsdp-1.0.so.0");
    private final Nice nice = bind(Nice.class, "libnice.so.10");

    /** @throws IllegalArgumentException where one is not installed; the plugins that bring webrtcbin and nicesrc need them */
    public WebRtcLibraries(GStreamer gstreamer) {
        this.gstreamer = gstreamer;
    }

    /**
     * Answers an offer.
     *
     * @param webrtcbin in a pipeline that plays, with what it sends linked to it
     * @param offer SDP
     * @param local the address to be reached at; empty for all of this machine's
     * @return SDP with the ways to this side
     * @throws NegotiationException when the offer cannot be used
     */
    public String answer(long webrtcbin, String offer, Optional<InetAddress> local) throws NegotiationException {
        return new Negotiation(gstreamer, webrtc, sdp, nice, webrtcbin).answer(offer, local);
    }

    private static <T> T bind(Class<T> functions, String library) {
        return NativeFunctions.bind(functions, SymbolLookup.libraryLookup(library, Arena.global()));
    }
}
