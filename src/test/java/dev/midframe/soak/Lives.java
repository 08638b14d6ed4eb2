package dev.midframe.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When a source lived. A gap at a client counts where the source lived through it, and the server had had its time to come
 * back; how long it took for that counts, too.
 */
final class Lives {
    /** Time that a restart may take, and that the last pictures may be under way. */
    static final Duration RESTART_LIMIT = Duration.ofSeconds(3);

    private long sinceNanos = Long.MAX_VALUE;
    private boolean seen = true;
    private final List<Duration> restarts = new ArrayList<>();

    synchronized void begin() {
        sinceNanos = System.nanoTime();
        seen = false;
    }

    /** The stream was stopped and started by hand while the source lived. */
    synchronized void again() {
        if (sinceNanos != Long.MAX_VALUE) {
            begin();
        }
    }

    synchronized void end() {
        sinceNanos = Long.MAX_VALUE;
        if (!seen) {
            restarts.add(Duration.ofDays(1));
        }
        seen = true;
    }

    /** A picture of the source itself, and no repeated one, has reached a good client. */
    synchronized void picture(long nanos) {
        if (!seen && sinceNanos != Long.MAX_VALUE) {
            seen = true;
            restarts.add(Duration.ofNanos(nanos - sinceNanos));
        }
    }

    /** Whether a gap that began then counts. */
    synchronized boolean through(long beginNanos) {
        return sinceNanos != Long.MAX_VALUE && beginNanos - sinceNanos > RESTART_LIMIT.toNanos();
    }

    /** From the source's beginning to the first picture of it at a client; a day where none came. */
    synchronized List<Duration> restarts() {
        return List.copyOf(restarts);
    }
}
