package dev.midframe.element;

/** The functions used of libglib-2.0. */
public interface GLib {

    void g_free(long memory);

    long g_strdup(long text);
}
