package dev.midframe.server.stream;

import java.time.Duration;

/**
 * When a stream that ended or went silent is started again.
 *
 * @param first wait before the first attempt; grows by a tenth with each failure, so that whoever comes back waits at
 *     most for a tenth of the time that it was away
 * @param longest wait at most
 * @param stall a running stream without a frame for this long counts as failed
 * @param connect a starting stream without a frame for this long counts as failed
 */
public record RestartPolicy(Duration first, Duration longest, Duration stall, Duration connect) {

    /** The wait before an attempt, after so many failures in a row (0 for the first). */
    Duration delay(int failures) {
        Duration delay = first;
        for (int i = 0; i < failures && delay.compareTo(longest) < 0; i++) {
            delay = delay.multipliedBy(11).dividedBy(10);
        }
        return delay.compareTo(longest) < 0 ? delay : longest;
    }
}
