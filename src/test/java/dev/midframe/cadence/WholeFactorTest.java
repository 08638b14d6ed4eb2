package dev.midframe.cadence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.cadence.change.Change;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WholeFactorTest {
    private static final CadenceSettings DOUBLED = CadenceSettings.factor(new Ratio(2, 1));

    @Test
    void aFrameIsGeneratedHalfwayBetweenItsNeighboursOwnTimes() {
        List<Output> outputs = new Stream()
                .add(0, 40, Change.MOTION)
                .add(40, 61, Change.MOTION)
                .add(101, 40, Change.MOTION)
                .through(DOUBLED);

        assertThat(outputs)
                .containsExactly(
                        new Output.Real(0, 0, 20),
                        new Output.Generated(0, 1, 0.5, 20, 20),
                        new Output.Real(1, 40, 30),
                        new Output.Generated(1, 2, 0.5, 70, 31),
                        new Output.Real(2, 101, 40));
    }

    @Test
    void framesLeaveAsSoonAsTheirSuccessorIsKnown() {
        Cadence cadence = Cadence.of(DOUBLED);
        List<Output> outputs = new ArrayList<>();

        cadence.offer(new RealFrame(7, 0, 40, Change.MOTION), outputs::add);
        assertThat(outputs).isEmpty();
        assertThat(cadence.oldestNeeded()).isEqualTo(7);

        cadence.offer(new RealFrame(8, 40, 40, Change.MOTION), outputs::add);
        assertThat(outputs).hasSize(2);
        assertThat(cadence.oldestNeeded()).isEqualTo(8);
    }

    @Test
    void oneFrameComesOutAlone() {
        assertThat(new Stream().add(5, 40, Change.MOTION).through(DOUBLED)).containsExactly(new Output.Real(0, 5, 40));
        assertThat(new Stream().add(5, Change.MOTION).through(DOUBLED))
                .containsExactly(new Output.Real(0, 5, RealFrame.UNKNOWN));
    }

    @Test
    void afterAFlushNothingIsLeftOver() {
        Cadence cadence = Cadence.of(DOUBLED);
        cadence.offer(new RealFrame(0, 0, 40, Change.MOTION), output -> {});
        cadence.flush();

        assertThat(cadence.oldestNeeded()).isEqualTo(Long.MAX_VALUE);
        assertThat(new Stream().add(1000, 40, Change.MOTION).through(cadence))
                .containsExactly(new Output.Real(0, 1000, 40));
    }

    @Test
    void nothingIsInterpolatedAcrossACut() {
        Stream stream = new Stream().add(0, 40, Change.MOTION).add(40, 40, Change.CUT);

        assertThat(stream.through(DOUBLED))
                .containsExactly(new Output.Real(0, 0, 20), new Output.Real(0, 20, 20), new Output.Real(1, 40, 40));
        assertThat(stream.through(DOUBLED.with(SceneChange.BLEND)))
                .containsExactly(
                        new Output.Real(0, 0, 20), new Output.Blended(0, 1, 0.5, 20, 20), new Output.Real(1, 40, 40));
        assertThat(stream.through(DOUBLED.with(SceneChange.OFF)))
                .containsExactly(
                        new Output.Real(0, 0, 20), new Output.Generated(0, 1, 0.5, 20, 20), new Output.Real(1, 40, 40));
    }

    @Test
    void aRepeatIsShownAgainInsteadOfBeingGenerated() {
        assertThat(new Stream()
                        .add(0, 40, Change.MOTION)
                        .add(40, 40, Change.REPEAT)
                        .through(DOUBLED))
                .containsExactly(new Output.Real(0, 0, 20), new Output.Real(0, 20, 20), new Output.Real(1, 40, 40));
    }

    @Test
    void aGapIsNotBridged() {
        assertThat(new Stream()
                        .add(0, 40, Change.MOTION)
                        .add(251_000_000, 40, Change.MOTION)
                        .through(DOUBLED))
                .containsExactly(new Output.Real(0, 0, 40), new Output.Real(1, 251_000_000, 40));
    }

    @Test
    void intervalsOfAgesDoNotOverflow() {
        long start = Long.MAX_VALUE / 4;
        long end = Long.MAX_VALUE / 2;
        List<Output> outputs = new Stream()
                .add(start, Change.MOTION)
                .add(end, Change.MOTION)
                .through(CadenceSettings.factor(new Ratio(Integer.MAX_VALUE, Integer.MAX_VALUE / 2))
                        .withMaxGap(Long.MAX_VALUE));

        assertThat(outputs).extracting(Output::ptsNanos).isSorted().allMatch(pts -> pts >= start);
    }
}
