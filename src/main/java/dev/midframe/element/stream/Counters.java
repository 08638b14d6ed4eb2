package dev.midframe.element.stream;

import dev.midframe.interpolation.FrameKind;

/** Frames since the element was started. Written by the streaming thread, read by any. */
public final class Counters {

    public volatile long in;
    public volatile long out;
    public volatile long generated;
    public volatile long skipped;

    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    public // one writer
    void arrived() {
        in++;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    public // one writer
    void leaves(FrameKind kind) {
        if (kind.leftOut()) {
            skipped++;
            return;
        }
        out++;
        if (kind != FrameKind.REAL) {
            generated++;
        }
    }

    public void reset() {
        in = 0;
        out = 0;
        generated = 0;
        skipped = 0;
    }
}
