package dev.midframe.cadence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.cadence.change.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

class SkippedFramesTest {

    @Test
    void onlyGeneratedFramesAreLeftOutAndTheRealOnesLastLonger() {
        Cadence cadence = Cadence.of(CadenceSettings.factor(new Ratio(2, 1)));
        cadence.skipUntil(50, SkipReason.LATE);

        List<Output> outputs = new Stream()
                .add(0, 40, Change.MOTION)
                .add(40, 40, Change.MOTION)
                .add(80, 40, Change.MOTION)
                .through(cadence);

        assertThat(outputs)
                .containsExactly(
                        new Output.Real(0, 0, 40),
                        new Output.Skipped(SkipReason.LATE, 20, 20),
                        new Output.Real(1, 40, 20),
                        new Output.Generated(1, 2, 0.5, 60, 20),
                        new Output.Real(2, 80, 40));
    }

    @Test
    void aRealFrameWithoutAPlaceOfItsOwnTakesTheFirstAfterIt() {
        Cadence cadence = Cadence.of(CadenceSettings.factor(new Ratio(5, 2)));
        cadence.skipUntil(Long.MAX_VALUE, SkipReason.NO_ENGINE);

        List<Output> outputs = new Stream()
                .add(0, 40, Change.MOTION)
                .add(40, 40, Change.MOTION)
                .add(80, 40, Change.MOTION)
                .through(cadence);

        assertThat(outputs)
                .containsExactly(
                        new Output.Real(0, 0, 48),
                        new Output.Skipped(SkipReason.NO_ENGINE, 16, 16),
                        new Output.Skipped(SkipReason.NO_ENGINE, 32, 16),
                        new Output.Real(1, 48, 32),
                        new Output.Skipped(SkipReason.NO_ENGINE, 64, 16),
                        new Output.Real(2, 80, 40));
    }

    @Test
    void skippingEndsAtOnceWhenTold() {
        Cadence cadence = Cadence.of(CadenceSettings.factor(new Ratio(2, 1)));
        cadence.skipUntil(Long.MAX_VALUE, SkipReason.OVERLOAD);
        cadence.skipUntil(Long.MIN_VALUE, SkipReason.OVERLOAD);

        assertThat(new Stream().add(0, Change.MOTION).add(40, Change.MOTION).through(cadence))
                .contains(new Output.Generated(0, 1, 0.5, 20, 20));
    }
}
