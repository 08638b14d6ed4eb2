package dev.midframe.pipeline.capture;

import dev.midframe.ffi.gio.Variant;
import dev.midframe.pipeline.PipelineException;
import java.util.Optional;

/**
 * A window or a screen that the desktop's portal shares through PipeWire, for as long as this is open. Used by the thread that
 * opened it.
 */
public final class ScreenCast implements AutoCloseable {

    /** The versions of the portal from which on the pointer, and tokens, can be asked for. */
    private static final int POINTERS = 2;

    private static final int TOKENS = 4;

    private static final int POINTER_IN_PICTURE = 2;
    private static final int UNTIL_REVOKED = 2;

    private final DesktopPortal portal;
    private final String session;
    private final int descriptor;
    private final int node;
    private final Optional<String> restoreToken;

    /** What can be shared. */
    public enum Kind {
        SCREEN(1),
        WINDOW(2);

        private final int bit;

        Kind(int bit) {
            this.bit = bit;
        }
    }

    /**
     * What is asked for.
     *
     * @param pointer whether the mouse pointer is in the picture, where the desktop lets that be chosen
     * @param restoreToken of an earlier session, so that nobody is asked again
     */
    public record Request(Kind kind, boolean pointer, Optional<String> restoreToken) {}

    private ScreenCast(DesktopPortal portal, Request request) {
        this.portal = portal;
        String options = options(request);
        try (Variant created = portal.request("CreateSession", "", "'session_handle_token': <'midframe'>, ");
                Variant handle = created.lookup("session_handle").orElseThrow()) {
            session = handle.text();
        }
        String path = DesktopPortal.path(session) + ", ";
        portal.request("SelectSources", path, options).close();
        try (Variant started = portal.request("Start", path + "'', ", "");
                Variant streams = started.lookup("streams").orElseThrow();
                Variant stream = streams.child(0);
                Variant number = stream.child(0)) {
            node = number.number();
            restoreToken = started.lookup("restore_token").map(ScreenCast::text);
        }
        descriptor = portal.remote(session);
    }

    /**
     * Asks the desktop, which may ask its user; waits for that.
     *
     * @throws PipelineException when there is no desktop, no portal, or no consent
     */
    public static ScreenCast open(Request request) {
        var portal = new DesktopPortal();
        try {
            return new ScreenCast(portal, request);
        } catch (RuntimeException e) {
            portal.close();
            throw e;
        }
    }

    private String options(Request request) {
        if ((portal.property("AvailableSourceTypes") & request.kind.bit) == 0) {
            throw new PipelineException(
                    request.kind == Kind.WINDOW
                            ? "this desktop shares no single windows; capture the screen"
                            : "this desktop shares no screens; capture a window");
        }
        int version = portal.property("version");
        var options = new StringBuilder("'types': <uint32 " + request.kind.bit + ">, ");
        if (request.pointer
                && version >= POINTERS
                && (portal.property("AvailableCursorModes") & POINTER_IN_PICTURE) != 0) {
            options.append("'cursor_mode': <uint32 " + POINTER_IN_PICTURE + ">, ");
        }
        if (version >= TOKENS) {
            options.append("'persist_mode': <uint32 " + UNTIL_REVOKED + ">, ");
            request.restoreToken.ifPresent(
                    token -> options.append("'restore_token': <" + Variant.quoted(token) + ">, "));
        }
        return options.toString();
    }

    private static String text(Variant variant) {
        try (variant) {
            return variant.text();
        }
    }

    /** PipeWire's descriptor, as pipewiresrc's {@code fd} takes it; lent as long as this is open. */
    public int descriptor() {
        return descriptor;
    }

    /** PipeWire's node, as pipewiresrc's {@code path} takes it. */
    public int node() {
        return node;
    }

    /** With which the same is shared once more without a question, where the desktop knows that; good for one time. */
    public Optional<String> restoreToken() {
        return restoreToken;
    }

    @Override
    public void close() {
        portal.end(session);
        portal.closeDescriptor(descriptor);
        portal.close();
    }
}
