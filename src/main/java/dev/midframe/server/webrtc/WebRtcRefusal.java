package dev.midframe.server.webrtc;

/** A viewer cannot be served by WebRTC. The message is one line, for whoever asked. */
public final class WebRtcRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Whose business it is to change something. */
    public enum Reason {
        /** The offer cannot be used. */
        OFFER,
        /** As many as are granted are connected. */
        FULL,
        /** WebRTC is not installed, or cannot be used here. */
        UNAVAILABLE
    }

    private final Reason reason;

    WebRtcRefusal(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
