package dev.midframe.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {

    @Test
    void waitsGrowByAFifthUpToTheLongest() {
        RestartPolicy policy = new RestartPolicy(
                Duration.ofMillis(250), Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(1));
        assertThat(IntStream.of(0, 1, 2, 26, 27, 1_000_000)
                        .mapToObj(policy::delay)
                        .map(Duration::toMillis))
                .containsExactly(250L, 300L, 360L, 28618L, 30000L, 30000L);
    }
}
