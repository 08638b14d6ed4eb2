package dev.midframe.server.stream;

import dev.midframe.interpolation.FrameKind;

/**
 * The kinds of the last frames by stream time: an encoder keeps that and nothing else, so this is how an encoded
 * picture is known to be generated. Written by the element's streaming thread, read by the encoder's consumer.
 */
public final class FrameKinds {
    private static final int KEPT = 1024;

    private final long[] stamps = new long[KEPT];
    private final FrameKind[] kinds = new FrameKind[KEPT];
    private long written;

    synchronized void put(long streamTimeNanos, FrameKind kind) {
        int slot = (int) (written++ % KEPT);
        stamps[slot] = streamTimeNanos;
        kinds[slot] = kind;
    }

    /** The newest frame with exactly this stream time; {@link FrameKind#REAL} when none is known. */
    public synchronized FrameKind get(long streamTimeNanos) {
        for (long at = written - 1; at >= Math.max(0, written - KEPT); at--) {
            int slot = (int) (at % KEPT);
            if (stamps[slot] == streamTimeNanos) {
                return kinds[slot];
            }
        }
        return FrameKind.REAL;
    }
}
