package dev.midframe.server.http;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slows down whoever tries tokens: after a few wrong ones none is looked at for a while, which doubles with each further wrong
 * one. Each is logged, with the address and without the token.
 */
final class TokenGuesses {
    private static final Logger log = LoggerFactory.getLogger(TokenGuesses.class);
    private static final int FREE = 3;
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int DOUBLINGS = 6;

    private final LongSupplier nanos;
    private final PerAddress<Wrong> byAddress = new PerAddress<>();

    private record Wrong(int times, long untilNanos) {}

    /** @param nanos a clock that never goes back */
    TokenGuesses(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** How long no token of this address is looked at; zero or less when one is. */
    synchronized Duration pause(ClientAddress address) {
        Wrong wrong = byAddress.get(address);
        return wrong == null ? Duration.ZERO : Duration.ofNanos(wrong.untilNanos - nanos.getAsLong());
    }

    synchronized void wrong(ClientAddress address) {
        Wrong before = byAddress.get(address);
        int times = before == null ? 1 : before.times + 1;
        Duration pause = times < FREE ? Duration.ZERO : FIRST.multipliedBy(1L << Math.min(times - FREE, DOUBLINGS));
        byAddress.put(address, new Wrong(times, nanos.getAsLong() + pause.toNanos()));
        log.warn(
                "wrong token from {}, {} in a row; the next one is looked at after {} s",
                address,
                times,
                pause.toSeconds());
    }

    synchronized void right(ClientAddress address) {
        byAddress.remove(address);
    }
}
