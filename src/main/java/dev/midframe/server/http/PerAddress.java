package dev.midframe.server.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is remembered of addresses: of so many at most, the longest unseen is forgotten first. */
final class PerAddress<V> extends LinkedHashMap<ClientAddress, V> {
    private static final long serialVersionUID = 1L;
    private static final int ADDRESSES = 4096;

    PerAddress() {
        super(64, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<ClientAddress, V> eldest) {
        return size() > ADDRESSES;
    }
}
