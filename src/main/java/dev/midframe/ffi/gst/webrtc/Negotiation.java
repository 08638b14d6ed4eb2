package dev.midframe.ffi.gst.webrtc;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.ObjectProperties;
import dev.midframe.ffi.gst.Offsets;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The exchange of descriptions with one webrtcbin (JSEP, RFC 9429, seen from the answering side). Used once. */
final class Negotiation {

    private static final int OFFER = 1;
    private static final int DESCRIPTION_SDP = 8;
    private static final String GATHERED = "GST_WEBRTC_ICE_GATHERING_STATE_COMPLETE";
    private static final long LONGEST_GATHERING_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_UP_MILLIS = 5;

    private final GStreamer gstreamer;
    private final GstWebRtc webrtc;
    private final GstSdp sdp;
    private final Nice nice;
    private final long webrtcbin;

    Negotiation(GStreamer gstreamer, GstWebRtc webrtc, GstSdp sdp, Nice nice, long webrtcbin) {
        this.gstreamer = gstreamer;
        this.webrtc = webrtc;
        this.sdp = sdp;
        this.nice = nice;
        this.webrtcbin = webrtcbin;
    }

    String answer(String offer, Optional<InetAddress> local) throws NegotiationException {
        try (Arena arena = Arena.ofConfined()) {
            reachOnlyAt(local, arena);
            long remote = description(offer, arena);
            try {
                describe("set-remote-description", remote, arena);
            } finally {
                webrtc.gst_webrtc_session_description_free(remote);
            }
            long reply = ask("create-answer", gstreamer.gst().gst_structure_get_type(), 0, arena);
            try {
                describe("set-local-description", boxed(reply, "answer", "no answer to this offer", arena), arena);
            } finally {
                gstreamer.gst().gst_mini_object_unref(reply);
            }
            awaitCandidates();
            return localDescription(arena);
        }
    }

    /** No port is asked of a router (UPnP), none opened for TCP, and none at an address that the server does not listen on. */
    private void reachOnlyAt(Optional<InetAddress> local, Arena arena) throws NegotiationException {
        long ice = object(webrtcbin, "ice-agent", arena);
        try {
            ObjectProperties.set(gstreamer, ice, "ice-tcp", "false");
            long agent = object(ice, "agent", arena);
            try {
                ObjectProperties.set(gstreamer, agent, "upnp", "false");
                if (local.isPresent()) {
                    addAddress(agent, local.get(), arena);
                }
            } finally {
                gstreamer.gobjects().g_object_unref(agent);
            }
        } finally {
            gstreamer.gobjects().g_object_unref(ice);
        }
    }

    private void addAddress(long agent, InetAddress local, Arena arena) throws NegotiationException {
        long address = nice.nice_address_new();
        try {
            long text = arena.allocateFrom(local.getHostAddress()).address();
            if (nice.nice_address_set_from_string(address, text) == 0
                    || nice.nice_agent_add_local_address(agent, address) == 0) {
                throw new NegotiationException("the server's address cannot be used for WebRTC");
            }
        } finally {
            nice.nice_address_free(address);
        }
    }

    private long description(String text, Arena arena) throws NegotiationException {
        long message = arena.allocate(ValueLayout.JAVA_LONG).address();
        if (sdp.gst_sdp_message_new_from_text(arena.allocateFrom(text).address(), message) != 0) {
            throw new NegotiationException("the offer is no SDP");
        }
        return webrtc.gst_webrtc_session_description_new(OFFER, Memory.getLong(message, 0));
    }

    private void describe(String signal, long description, Arena arena) throws NegotiationException {
        long reply = ask(signal, webrtc.gst_webrtc_session_description_get_type(), description, arena);
        if (reply != 0) {
            gstreamer.gst().gst_mini_object_unref(reply);
        }
    }

    /**
     * Emits a signal whose handler answers by a promise.
     *
     * @return the promise, whose reply lives as long as it does; the caller's
     */
    private long ask(String signal, long type, long boxed, Arena arena) throws NegotiationException {
        long promise = gstreamer.gst().gst_promise_new();
        long values = arena.allocate(3L * Offsets.VALUE_SIZE, 8).address();
        long instanceType = Memory.getLong(Memory.getLong(webrtcbin, 0), 0);
        var gobjects = gstreamer.gobjects();
        gobjects.g_value_set_object(gobjects.g_value_init(values, instanceType), webrtcbin);
        gobjects.g_value_set_boxed(gobjects.g_value_init(values + Offsets.VALUE_SIZE, type), boxed);
        gobjects.g_value_set_boxed(
                gobjects.g_value_init(
                        values + 2L * Offsets.VALUE_SIZE, gstreamer.gst().gst_promise_get_type()),
                promise);
        gobjects.g_signal_emitv(
                values, gobjects.g_signal_lookup(gstreamer.strings().lasting(signal), instanceType), 0, 0);
        for (int value = 0; value < 3; value++) {
            gobjects.g_value_unset(values + (long) value * Offsets.VALUE_SIZE);
        }
        gstreamer.gst().gst_promise_wait(promise);
        requireNoError(promise, arena);
        return promise;
    }

    private void requireNoError(long promise, Arena arena) throws NegotiationException {
        long reply = gstreamer.gst().gst_promise_get_reply(promise);
        long error = reply == 0
                ? 0
                : gstreamer
                        .gst()
                        .gst_structure_get_value(
                                reply, arena.allocateFrom("error").address());
        if (error != 0) {
            String message =
                    Memory.text(Memory.getLong(gstreamer.gobjects().g_value_get_boxed(error), Offsets.ERROR_MESSAGE));
            gstreamer.gst().gst_mini_object_unref(promise);
            throw new NegotiationException("the offer cannot be used: " + message);
        }
    }

    /** A boxed field of a promise's reply, which stays the reply's. */
    private long boxed(long promise, String field, String missing, Arena arena) throws NegotiationException {
        long reply = gstreamer.gst().gst_promise_get_reply(promise);
        long value = reply == 0
                ? 0
                : gstreamer
                        .gst()
                        .gst_structure_get_value(
                                reply, arena.allocateFrom(field).address());
        if (value == 0) {
            throw new NegotiationException(missing);
        }
        return gstreamer.gobjects().g_value_get_boxed(value);
    }

    /** Candidates come in the answer itself: WHEP has no other way to send them than one request each. */
    private void awaitCandidates() throws NegotiationException {
        long begin = System.nanoTime();
        while (!ObjectProperties.get(gstreamer, webrtcbin, "ice-gathering-state")
                .equals(Optional.of(GATHERED))) {
            if (System.nanoTime() - begin > LONGEST_GATHERING_NANOS) {
                throw new NegotiationException("no address of this machine was found for WebRTC");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_UP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new NegotiationException("the server stops");
            }
        }
    }

    private String localDescription(Arena arena) throws NegotiationException {
        long value = property(webrtcbin, "local-description", arena);
        try {
            long description = gstreamer.gobjects().g_value_get_boxed(value);
            if (description == 0) {
                throw new NegotiationException("no answer to this offer");
            }
            long text = sdp.gst_sdp_message_as_text(Memory.getLong(description, DESCRIPTION_SDP));
            try {
                return String.valueOf(Memory.text(text));
            } finally {
                gstreamer.glib().g_free(text);
            }
        } finally {
            gstreamer.gobjects().g_value_unset(value);
        }
    }

    /** The object that a property holds, referenced. */
    private long object(long owner, String name, Arena arena) throws NegotiationException {
        long value = property(owner, name, arena);
        try {
            long held = gstreamer.gobjects().g_value_get_object(value);
            if (held == 0) {
                throw new NegotiationException("WebRTC cannot begin: webrtcbin has no " + name);
            }
            return gstreamer.gobjects().g_object_ref(held);
        } finally {
            gstreamer.gobjects().g_value_unset(value);
        }
    }

    private long property(long owner, String name, Arena arena) {
        long value = arena.allocate(Offsets.VALUE_SIZE, 8).address();
        gstreamer
                .gobjects()
                .g_object_get_property(owner, arena.allocateFrom(name).address(), value);
        return value;
    }
}
