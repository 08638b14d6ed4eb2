package dev.midframe.ffi.gio;

import java.io.IOException;

/** D-Bus, or who was called by it, says no: why, in one line. */
public final class BusException extends IOException {

    private static final long serialVersionUID = 1L;

    BusException(String message) {
        super(message);
    }
}
