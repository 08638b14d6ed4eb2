package dev.midframe.ffi.gst;

/** The functions used of libglib-2.0. */
public interface GLib {

    void g_free(long memory);

    long g_strdup(long text);

    long g_error_new_literal(int domain, int code, long message);

    long g_list_append(long list, long data);

    void g_list_free(long list);

    void g_error_free(long error);

    void g_set_prgname(long name);
}
