package dev.midframe.pipeline.play;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.pipeline.VideoCaps;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameGridTest {

    /** Steps back from the frame of a number, as its timestamp is rounded in containers, to the first one. */
    @ParameterizedTest
    @CsvSource({"10, 1", "25, 1", "24000, 1001", "30000, 1001", "60, 1", "120, 1"})
    void eachStepGoesBackByOneFrame(int numerator, int denominator) {
        FrameGrid grid = FrameGrid.of(new VideoCaps(64, 64, numerator, denominator, Optional.empty()));
        Duration position = time(500, numerator, denominator);
        for (int frame = 499; frame >= 0; frame--) {
            position = grid.before(position);
            assertThat(position)
                    .isBetween(time(frame, numerator, denominator), time(frame + 1, numerator, denominator));
        }
        assertThat(grid.before(position)).isEqualTo(position);
    }

    @ParameterizedTest
    @CsvSource({"2", "3", "16"})
    void aGeneratedFrameHasTheFilmsFrameBeforeIt(int factor) {
        FrameGrid grid = FrameGrid.of(new VideoCaps(64, 64, 25, 1, Optional.empty()));
        Duration first = time(100, 25, 1);
        for (int step = 1; step < factor; step++) {
            Duration generated = first.plus(time(1, 25, 1).multipliedBy(step).dividedBy(factor));
            assertThat(grid.before(generated)).isBetween(first, generated);
        }
    }

    /** In whole nanoseconds, as GStreamer has it. */
    private static Duration time(int frame, int numerator, int denominator) {
        return Duration.ofNanos(frame * 1_000_000_000L * denominator / numerator);
    }
}
