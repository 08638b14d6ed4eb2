package dev.midframe.server.http;

import dev.midframe.server.config.Limits;
import java.util.function.LongSupplier;

/** How much somebody may still send: so many at once, refilled evenly. For one thread at a time. */
public final class RateLimit {
    private final double perNano;
    private final double burst;
    private final LongSupplier nanos;
    private double left;
    private long atNanos;

    /** @param nanos a clock that never goes back */
    public RateLimit(Limits limits, LongSupplier nanos) {
        this.perNano = limits.requestsPerSecond() / 1e9;
        this.burst = limits.requestBurst();
        this.nanos = nanos;
        this.left = burst;
        this.atNanos = nanos.getAsLong();
    }

    public boolean allows() {
        long now = nanos.getAsLong();
        left = Math.min(burst, left + (now - atNanos) * perNano);
        atNanos = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
