package dev.midframe.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenGuessesTest {
    private final AtomicLong nanos = new AtomicLong();
    private final TokenGuesses guesses = new TokenGuesses(nanos::get);
    private final ClientAddress guesser = address(1);

    @Test
    void afterAFewWrongTokensThePauseDoublesUpToAMinute() {
        assertThat(pauseAfterWrong()).isZero();
        assertThat(pauseAfterWrong()).isZero();
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 64, 64}) {
            assertThat(pauseAfterWrong()).isEqualTo(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void thePauseEnds() {
        for (int i = 0; i < 3; i++) {
            guesses.wrong(guesser);
        }
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(guesses.pause(guesser)).isZero();
    }

    @Test
    void anotherAddressDoesNotPause() {
        for (int i = 0; i < 9; i++) {
            guesses.wrong(guesser);
        }
        assertThat(guesses.pause(address(2))).isZero();
    }

    @Test
    void theRightTokenEndsTheRow() {
        for (int i = 0; i < 9; i++) {
            guesses.wrong(guesser);
        }
        guesses.right(guesser);
        assertThat(pauseAfterWrong()).isZero();
    }

    private Duration pauseAfterWrong() {
        guesses.wrong(guesser);
        return guesses.pause(guesser);
    }

    private static ClientAddress address(int last) {
        try {
            return ClientAddress.of(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last}));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
