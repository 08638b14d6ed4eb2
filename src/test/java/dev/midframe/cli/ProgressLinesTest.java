package dev.midframe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.pipeline.EngineBuild;
import dev.midframe.pipeline.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {

    private final AtomicLong nanos = new AtomicLong(-5);
    private final StringWriter shown = new StringWriter();
    private final ProgressLines lines = new ProgressLines(new PrintWriter(shown), nanos::get);

    private static Progress at(long seconds) {
        return new Progress(Duration.ofSeconds(seconds), Optional.of(Duration.ofSeconds(90)));
    }

    @Test
    void becomeRarer() {
        for (int second = 0; second < 90; second++) {
            lines.show(at(second / 2), Optional.empty());
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        }

        assertThat(shown.toString().lines())
                .containsExactly(
                        "midframe: 0/90 s of film, 0.00 x real time",
                        "midframe: 0/90 s of film, 0.00 x real time",
                        "midframe: 1/90 s of film, 0.33 x real time",
                        "midframe: 3/90 s of film, 0.43 x real time",
                        "midframe: 7/90 s of film, 0.47 x real time",
                        "midframe: 15/90 s of film, 0.48 x real time",
                        "midframe: 30/90 s of film, 0.49 x real time");
    }

    @Test
    void nameNoLengthWhereItIsUnknown() {
        lines.show(new Progress(Duration.ofSeconds(12), Optional.empty()), Optional.empty());

        assertThat(shown.toString()).startsWith("midframe: 12 s of film, ");
    }

    @Test
    void tellHowFarABuildIs() {
        lines.show(at(0), Optional.of(new EngineBuild("FLOW", 30)));

        assertThat(shown.toString().strip()).isEqualTo("midframe: 0/90 s of film, building the GPU's engine: 30 %");
    }
}
