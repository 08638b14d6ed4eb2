package dev.midframe.cadence;

import static dev.midframe.cadence.change.Change.CUT;
import static dev.midframe.cadence.change.Change.MOTION;
import static dev.midframe.cadence.change.Change.REPEAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.cadence.change.Change;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BridgedRepeatsTest {
    private static final CadenceSettings BRIDGED =
            CadenceSettings.factor(new Ratio(2, 1)).with(Duplicates.BRIDGE, 3).withMaxGap(250);

    @Test
    void animationOnTwosMovesInEveryFrame() {
        assertThat(stream(MOTION, REPEAT, MOTION, REPEAT, MOTION).through(BRIDGED))
                .containsExactly(
                        new Output.Real(0, 0, 20),
                        new Output.Generated(0, 2, 0.25, 20, 20),
                        new Output.Generated(0, 2, 0.5, 40, 20),
                        new Output.Generated(0, 2, 0.75, 60, 20),
                        new Output.Real(2, 80, 20),
                        new Output.Generated(2, 4, 0.25, 100, 20),
                        new Output.Generated(2, 4, 0.5, 120, 20),
                        new Output.Generated(2, 4, 0.75, 140, 20),
                        new Output.Real(4, 160, 40));
    }

    @Test
    void keptRepeatsStay() {
        assertThat(stream(MOTION, REPEAT, MOTION).through(BRIDGED.with(Duplicates.KEEP, 3)))
                .containsExactly(
                        new Output.Real(0, 0, 20),
                        new Output.Real(0, 20, 20),
                        new Output.Real(1, 40, 20),
                        new Output.Generated(1, 2, 0.5, 60, 20),
                        new Output.Real(2, 80, 40));
    }

    @Test
    void aStillIsNotMadeToMove() {
        List<Output> outputs =
                stream(MOTION, REPEAT, REPEAT, REPEAT, REPEAT, REPEAT, MOTION).through(BRIDGED);

        assertThat(outputs)
                .hasSize(13)
                .filteredOn(Output.Generated.class::isInstance)
                .containsExactly(new Output.Generated(5, 6, 0.5, 220, 20));
    }

    @Test
    void aRunLongerThanTheLargestGapIsNotBridged() {
        assertThat(stream(MOTION, REPEAT, REPEAT, MOTION).through(BRIDGED.withMaxGap(100)))
                .filteredOn(Output.Generated.class::isInstance)
                .containsExactly(new Output.Generated(2, 3, 0.5, 100, 20));
    }

    @Test
    void aRunBeforeACutStaysAsItIs() {
        assertThat(stream(MOTION, REPEAT, CUT).through(BRIDGED))
                .containsExactly(
                        new Output.Real(0, 0, 20),
                        new Output.Real(0, 20, 20),
                        new Output.Real(1, 40, 20),
                        new Output.Real(1, 60, 20),
                        new Output.Real(2, 80, 40));
    }

    @Test
    void noMoreThanTheLongestRunIsHeld() {
        Cadence cadence = Cadence.of(BRIDGED);
        List<Output> outputs = new ArrayList<>();
        List<RealFrame> frames = stream(MOTION, REPEAT, REPEAT, REPEAT, REPEAT).frames();

        frames.subList(0, 4).forEach(frame -> cadence.offer(frame, outputs::add));
        assertThat(outputs).isEmpty();
        assertThat(cadence.oldestNeeded()).isZero();

        cadence.offer(frames.get(4), outputs::add);
        assertThat(outputs).hasSize(8);
        assertThat(cadence.oldestNeeded()).isEqualTo(4);
        assertThat(cadence.latencyNanos(40)).isEqualTo(160);
    }

    @Test
    void theEndShowsTheRunThatWasHeld() {
        assertThat(stream(MOTION, REPEAT, REPEAT).through(BRIDGED)).hasSize(5).allMatch(Output.Real.class::isInstance);
    }

    private static Stream stream(Change... changes) {
        Stream stream = new Stream();
        for (int i = 0; i < changes.length; i++) {
            stream.add(i * 40L, 40, changes[i]);
        }
        return stream;
    }
}
