package dev.midframe.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {

    @Test
    void waitsGrowByATenthUpToTheLongest() {
        RestartPolicy policy = new RestartPolicy(
                Duration.ofMillis(250), Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(1));
        assertThat(IntStream.of(0, 1, 2, 50, 51, 1_000_000)
                        .mapToObj(policy::delay)
                        .map(Duration::toMillis))
                .containsExactly(250L, 275L, 302L, 29347L, 30000L, 30000L);
    }
}
