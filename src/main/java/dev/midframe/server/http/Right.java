package dev.midframe.server.http;

import java.util.Locale;

/** What a caller may do. */
enum Right {
    NOTHING,
    /** See streams, pictures and figures. */
    WATCH,
    /** Start and stop streams, and have the configuration read again, too. */
    CONTROL;

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
