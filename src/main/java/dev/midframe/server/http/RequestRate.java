package dev.midframe.server.http;

import dev.midframe.server.config.Limits;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How many requests an address may still send: a bucket of tokens each, refilled evenly; a bounded number of addresses. */
public final class RequestRate {
    private static final int ADDRESSES = 4096;

    private final double perNano;
    private final double burst;
    private final LongSupplier nanos;
    private final Map<InetAddress, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Bucket> eldest) {
            return size() > ADDRESSES;
        }
    };

    private record Bucket(double tokens, long atNanos) {}

    public RequestRate(Limits limits, LongSupplier nanos) {
        this.perNano = limits.requestsPerSecond() / 1e9;
        this.burst = limits.requestBurst();
        this.nanos = nanos;
    }

    synchronized boolean allows(InetAddress address) {
        long now = nanos.getAsLong();
        Bucket bucket = buckets.getOrDefault(address, new Bucket(burst, now));
        double tokens = Math.min(burst, bucket.tokens + (now - bucket.atNanos) * perNano);
        boolean allowed = tokens >= 1;
        buckets.put(address, new Bucket(allowed ? tokens - 1 : tokens, now));
        return allowed;
    }
}
