package dev.midframe.element;

/** Frames since the element was started. Written by the streaming thread, read by any. */
final class Counters {

    volatile long in;
    volatile long out;
    volatile long generated;
    volatile long skipped;

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    void arrived() {
        in++;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
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

    void reset() {
        in = 0;
        out = 0;
        generated = 0;
        skipped = 0;
    }
}
