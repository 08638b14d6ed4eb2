package dev.midframe.ffi.gio;

import dev.midframe.ffi.NativeFunctions;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;

/** The functions used of libgio-2.0 and of the libraries that it brings: GLib and GObject. */
interface Gio {

    /** The library is loaded when first asked for. */
    final class Loaded {

        private static final Gio LIBRARY =
                NativeFunctions.bind(Gio.class, SymbolLookup.libraryLookup("libgio-2.0.so.0", Arena.global()));

        private Loaded() {}
    }

    /** The library; GStreamer needs it as well. */
    static Gio get() {
        return Loaded.LIBRARY;
    }

    long g_bus_get_sync(int type, long cancellable, long error);

    void g_dbus_connection_set_exit_on_close(long connection, int exit);

    long g_dbus_connection_get_unique_name(long connection);

    long g_dbus_connection_call_with_unix_fd_list_sync(
            long connection,
            long name,
            long path,
            long type,
            long method,
            long parameters,
            long replyType,
            int flags,
            int milliseconds,
            long descriptors,
            long descriptorsOut,
            long cancellable,
            long error);

    int g_dbus_connection_signal_subscribe(
            long connection,
            long sender,
            long type,
            long member,
            long path,
            long argument,
            int flags,
            long callback,
            long data,
            long free);

    void g_dbus_connection_signal_unsubscribe(long connection, int subscription);

    int g_dbus_error_strip_remote_error(long error);

    int g_unix_fd_list_get(long descriptors, int index, long error);

    int g_close(int descriptor, long error);

    void g_object_unref(long object);

    void g_error_free(long error);

    long g_main_context_new();

    void g_main_context_unref(long context);

    void g_main_context_push_thread_default(long context);

    void g_main_context_pop_thread_default(long context);

    int g_main_context_iteration(long context, int wait);

    long g_variant_parse(long type, long text, long limit, long end, long error);

    long g_variant_ref(long variant);

    void g_variant_unref(long variant);

    long g_variant_get_child_value(long variant, long index);

    long g_variant_get_variant(long variant);

    long g_variant_lookup_value(long dictionary, long key, long type);

    int g_variant_get_uint32(long variant);

    long g_variant_get_string(long variant, long length);
}
