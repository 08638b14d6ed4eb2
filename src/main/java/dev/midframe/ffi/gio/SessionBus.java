package dev.midframe.ffi.gio;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.Upcalls;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** D-Bus of the user's session. Used by the thread that opened it. */
public final class SessionBus implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SessionBus.class);

    private static final int SESSION = 2;
    private static final int DEFAULT_TIMEOUT = -1;
    private static final int ERROR_MESSAGE = 8;

    private final Gio gio = Gio.get();
    private final Arena arena = Arena.ofConfined();
    private final long context = gio.g_main_context_new();
    private final long connection;
    private final long received;
    private @Nullable Variant signal;

    /**
     * An object that is called.
     *
     * @param service its owner's name on the bus
     * @param path of the object
     * @param type of what is called of it, an interface of D-Bus
     */
    public record Target(String service, String path, String type) {}

    /**
     * What a call gave.
     *
     * @param values a tuple, the caller's to close
     * @param descriptor the first file descriptor that came with it, the caller's to close; -1 without one
     */
    public record Reply(Variant values, int descriptor) {}

    /** @throws BusException where there is no session bus */
    public SessionBus() throws BusException {
        received = new Upcalls(arena, (thrown, bus) -> log.error("a signal of D-Bus could not be read", thrown))
                .address(this, "receive", 0);
        long error = arena.allocate(ValueLayout.JAVA_LONG).address();
        connection = gio.g_bus_get_sync(SESSION, 0, error);
        try {
            check(connection, error);
        } catch (BusException e) {
            leave();
            throw e;
        }
        // A program whose desktop ends would end with it otherwise.
        gio.g_dbus_connection_set_exit_on_close(connection, 0);
    }

    /** This connection's own name on the bus, such as {@code :1.42}. */
    public String name() {
        return Objects.requireNonNull(
                Memory.text(gio.g_dbus_connection_get_unique_name(connection)), "a bus names who is on it");
    }

    /**
     * Calls a method.
     *
     * @param parameters a tuple in GVariant's text format
     */
    public Reply call(Target target, String method, String parameters) throws BusException {
        try (Arena call = Arena.ofConfined();
                Variant values = Variant.parse(parameters)) {
            long error = call.allocate(ValueLayout.JAVA_LONG).address();
            long descriptors = call.allocate(ValueLayout.JAVA_LONG).address();
            long reply = gio.g_dbus_connection_call_with_unix_fd_list_sync(
                    connection,
                    call.allocateFrom(target.service).address(),
                    call.allocateFrom(target.path).address(),
                    call.allocateFrom(target.type).address(),
                    call.allocateFrom(method).address(),
                    values.address(),
                    0,
                    0,
                    DEFAULT_TIMEOUT,
                    0,
                    descriptors,
                    0,
                    error);
            check(reply, error);
            return new Reply(new Variant(reply), first(Memory.getLong(descriptors, 0)));
        }
    }

    private int first(long descriptors) {
        if (descriptors == 0) {
            return -1;
        }
        int first = gio.g_unix_fd_list_get(descriptors, 0, 0);
        gio.g_object_unref(descriptors);
        return first;
    }

    /** Closes a descriptor of a reply. */
    public void closeDescriptor(int descriptor) {
        gio.g_close(descriptor, 0);
    }

    /** What leads to a signal. */
    @FunctionalInterface
    public interface Cause {

        void call() throws BusException;
    }

    /**
     * Waits for a signal, as long as it takes.
     *
     * @param from who sends it
     * @param cause called once the signal would be heard
     * @return what it carries, the caller's to close
     */
    public Variant await(Target from, String member, Cause cause) throws BusException {
        signal = null;
        // Signals come where the thread that subscribes would have them.
        gio.g_main_context_push_thread_default(context);
        int subscription;
        try (Arena call = Arena.ofConfined()) {
            subscription = gio.g_dbus_connection_signal_subscribe(
                    connection,
                    call.allocateFrom(from.service).address(),
                    call.allocateFrom(from.type).address(),
                    call.allocateFrom(member).address(),
                    call.allocateFrom(from.path).address(),
                    0,
                    0,
                    received,
                    0,
                    0);
        }
        try {
            cause.call();
            while (signal == null) {
                gio.g_main_context_iteration(context, 1);
            }
            return signal;
        } finally {
            gio.g_dbus_connection_signal_unsubscribe(connection, subscription);
            gio.g_main_context_pop_thread_default(context);
        }
    }

    /** GDBusSignalCallback. */
    @SuppressWarnings("unused")
    private void receive(long from, long sender, long path, long type, long member, long values, long data) {
        if (signal == null) {
            signal = new Variant(gio.g_variant_ref(values));
        }
    }

    private void check(long result, long errorAddress) throws BusException {
        if (result != 0) {
            return;
        }
        long error = Memory.getLong(errorAddress, 0);
        gio.g_dbus_error_strip_remote_error(error);
        String message = String.valueOf(Memory.text(Memory.getLong(error, ERROR_MESSAGE)));
        gio.g_error_free(error);
        throw new BusException(message.strip().replaceAll("\\s+", " "));
    }

    private void leave() {
        gio.g_main_context_unref(context);
        arena.close();
    }

    @Override
    public void close() {
        gio.g_object_unref(connection);
        // What unsubscribing left to be done.
        while (gio.g_main_context_iteration(context, 0) != 0) {}
        leave();
    }
}
