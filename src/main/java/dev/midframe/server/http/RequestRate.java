package dev.midframe.server.http;

import dev.midframe.server.config.Limits;
import java.util.function.LongSupplier;

/** How many requests an address may still send. */
public final class RequestRate {
    private final Limits limits;
    private final LongSupplier nanos;
    private final PerAddress<RateLimit> byAddress = new PerAddress<>();

    /** @param nanos a clock that never goes back */
    public RequestRate(Limits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
    }

    synchronized boolean allows(ClientAddress address) {
        return byAddress
                .computeIfAbsent(address, first -> new RateLimit(limits, nanos))
                .allows();
    }
}
