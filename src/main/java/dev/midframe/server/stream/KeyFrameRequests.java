package dev.midframe.server.stream;

import java.util.concurrent.TimeUnit;

/** When a stream asks its encoder for a key frame: for viewers that wait for one, but not for each of many. */
final class KeyFrameRequests {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private long lastNanos = System.nanoTime() - PAUSE_NANOS;
    private boolean wanted;

    void want(boolean byViewers) {
        wanted = byViewers;
    }

    /** Whether one is due; then it counts as asked for. */
    boolean due() {
        long now = System.nanoTime();
        if (!wanted || now - lastNanos < PAUSE_NANOS) {
            return false;
        }
        wanted = false;
        lastNanos = now;
        return true;
    }
}
