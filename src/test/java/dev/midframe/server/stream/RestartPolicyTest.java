package dev.midframe.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {

    @Test
    void waitsDoubleUpToTheLongest() {
        RestartPolicy policy = new RestartPolicy(
                Duration.ofMillis(250), Duration.ofMillis(1500), Duration.ofSeconds(1), Duration.ofSeconds(1));
        assertThat(IntStream.of(0, 1, 2, 3, 4, 1_000_000)
                        .mapToObj(policy::delay)
                        .map(Duration::toMillis))
                .containsExactly(250L, 500L, 1000L, 1500L, 1500L, 1500L);
    }
}
