package dev.midframe.ffi.gst;

import dev.midframe.ffi.Memory;
import org.jspecify.annotations.Nullable;

/**
 * What a GError said.
 *
 * @param domain the GQuark of whose code it is
 * @param message for people
 */
public record GError(int domain, int code, String message) {

    /** Reads an error and frees it; null for a null pointer. */
    public static @Nullable GError take(GStreamer gstreamer, long error) {
        if (error == 0) {
            return null;
        }
        try {
            return new GError(
                    Memory.getInt(error, Offsets.ERROR_DOMAIN),
                    Memory.getInt(error, Offsets.ERROR_CODE),
                    String.valueOf(Memory.text(Memory.getLong(error, Offsets.ERROR_MESSAGE))));
        } finally {
            gstreamer.glib().g_error_free(error);
        }
    }
}
