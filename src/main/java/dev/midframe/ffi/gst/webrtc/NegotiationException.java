package dev.midframe.ffi.gst.webrtc;

/** The two sides of a WebRTC connection cannot agree. The message is a few words. */
public final class NegotiationException extends Exception {

    private static final long serialVersionUID = 1L;

    public NegotiationException(String message) {
        super(message);
    }
}
