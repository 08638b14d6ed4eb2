package dev.midframe.pipeline.capture;

import dev.midframe.ffi.gio.BusException;
import dev.midframe.ffi.gio.SessionBus;
import dev.midframe.ffi.gio.SessionBus.Target;
import dev.midframe.ffi.gio.Variant;
import dev.midframe.pipeline.PipelineException;

/** The part of xdg-desktop-portal that shares pictures, org.freedesktop.portal.ScreenCast. */
final class DesktopPortal implements AutoCloseable {

    private static final String SERVICE = "org.freedesktop.portal.Desktop";
    private static final String ROOT = "/org/freedesktop/portal/desktop";
    private static final String TYPE = "org.freedesktop.portal.ScreenCast";
    private static final Target SCREEN_CAST = new Target(SERVICE, ROOT, TYPE);
    private static final Target PROPERTIES = new Target(SERVICE, ROOT, "org.freedesktop.DBus.Properties");
    private static final int CANCELLED = 1;

    private final SessionBus bus;
    private int requests;

    /** @throws PipelineException where there is no session of a desktop */
    DesktopPortal() {
        try {
            bus = new SessionBus();
        } catch (BusException e) {
            throw new PipelineException(
                    "there is no session of a desktop to capture (" + e.getMessage() + "); run it on a desktop", e);
        }
    }

    /** A number that the portal says of itself. */
    int property(String name) {
        try (Variant values = bus.call(PROPERTIES, "Get", "('" + TYPE + "', '" + name + "')")
                        .values();
                Variant box = values.child(0);
                Variant number = box.unboxed()) {
            return number.number();
        } catch (BusException e) {
            throw new PipelineException(
                    "this desktop has no portal that shares pictures (" + e.getMessage()
                            + "); install xdg-desktop-portal and the one of the desktop, such as xdg-desktop-portal-gnome, -kde or -wlr",
                    e);
        }
    }

    /**
     * Makes a request that the user may have to agree to.
     *
     * @param arguments in GVariant's text format, each with a comma behind it
     * @param options of the request, likewise
     * @return what was answered, a dictionary
     * @throws PipelineException when the user, or the portal, says no
     */
    Variant request(String method, String arguments, String options) {
        String token = "midframe" + ++requests;
        String self = bus.name().substring(1).replace('.', '_');
        var request = new Target(SERVICE, ROOT + "/request/" + self + "/" + token, "org.freedesktop.portal.Request");
        // A tuple of one has a comma of its own.
        String end = arguments.isEmpty() ? ",)" : ")";
        String parameters = "(" + arguments + "{" + options + "'handle_token': <'" + token + "'>}" + end;
        try (Variant response = bus.await(request, "Response", () -> call(method, parameters)
                        .values()
                        .close());
                Variant code = response.child(0)) {
            if (code.number() != 0) {
                throw new PipelineException(
                        code.number() == CANCELLED
                                ? "nothing was chosen to be shared"
                                : "the desktop could not share it (" + method + " failed in its portal)");
            }
            return response.child(1);
        } catch (BusException e) {
            throw refused(method, e);
        }
    }

    /** Has PipeWire connected to. @return the connection's descriptor, the caller's to close */
    int remote(String session) {
        try {
            SessionBus.Reply reply = call("OpenPipeWireRemote", "(" + path(session) + ", @a{sv} {})");
            reply.values().close();
            return reply.descriptor();
        } catch (BusException e) {
            throw refused("OpenPipeWireRemote", e);
        }
    }

    /** Ends a session, unless it has ended. */
    void end(String session) {
        try {
            bus.call(new Target(SERVICE, session, "org.freedesktop.portal.Session"), "Close", "()")
                    .values()
                    .close();
        } catch (BusException e) {
            // The user ended it, or the desktop has gone.
        }
    }

    void closeDescriptor(int descriptor) {
        bus.closeDescriptor(descriptor);
    }

    /** An object's path in GVariant's text format. */
    static String path(String path) {
        return "objectpath " + Variant.quoted(path);
    }

    private SessionBus.Reply call(String method, String parameters) throws BusException {
        return bus.call(SCREEN_CAST, method, parameters);
    }

    private static PipelineException refused(String method, BusException e) {
        return new PipelineException("the desktop's portal refused " + method + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        bus.close();
    }
}
