package dev.midframe.cadence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.cadence.change.Change;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds for every stream, at every rate, whatever happens in between. */
class CadencePropertiesTest {

    /** What happens to a stream. */
    sealed interface Event {
        /** A frame this long after the one before. */
        record Frame(long gapNanos, boolean durationKnown, Change change) implements Event {}

        record Drain() implements Event {}

        record Flush() implements Event {}

        /** Skip frames for so long from here. */
        record Skip(long nanos, SkipReason reason) implements Event {}
    }

    @Property(tries = 2000, seed = "42", edgeCases = EdgeCasesMode.NONE)
    void everyRuleHolds(@ForAll("settings") CadenceSettings settings, @ForAll("events") List<Event> events) {
        new RuleCheck(settings).run(events);
    }

    @Property(tries = 300, seed = "42")
    void aWholeFactorKeepsEveryFrameAndAddsTheRest(@ForAll("motion") List<Long> gaps, @ForAll("factors") int factor) {
        Stream stream = new Stream();
        long pts = 0;
        for (long gap : gaps) {
            pts += gap;
            stream.add(pts, Change.MOTION);
        }

        List<Output> outputs = stream.through(CadenceSettings.factor(new Ratio(factor, 1)));

        assertThat(outputs).hasSize(gaps.size() * factor - (factor - 1));
        for (int i = 0; i < gaps.size(); i++) {
            RealFrame frame = stream.frames().get(i);
            assertThat(outputs.get(i * factor))
                    .isInstanceOfSatisfying(Output.Real.class, real -> assertThat(real.sequence())
                            .isEqualTo(frame.sequence()))
                    .extracting(Output::ptsNanos)
                    .isEqualTo(frame.ptsNanos());
        }
        for (int k = 0; k + 1 < outputs.size(); k++) {
            assertThat(outputs.get(k).ptsNanos() + outputs.get(k).durationNanos())
                    .isEqualTo(outputs.get(k + 1).ptsNanos());
        }
    }

    @Provide
    Arbitrary<List<Long>> motion() {
        return Arbitraries.longs()
                .between(1_000, 250_000_000)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<Integer> factors() {
        return Arbitraries.integers().between(1, 16);
    }

    @Provide
    Arbitrary<CadenceSettings> settings() {
        Arbitrary<OutputRate> factor = Combinators.combine(
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.integers().between(1, 5))
                .as((n, d) -> new OutputRate.Factor(new Ratio(n, d)));
        Arbitrary<OutputRate> rate = Combinators.combine(
                        Arbitraries.integers().between(1, 240), Arbitraries.of(1, 1001))
                .as((n, d) -> new OutputRate.FramesPerSecond(new Ratio(d == 1 ? n : n * 1000, d)));
        return Combinators.combine(
                        Arbitraries.oneOf(factor, rate),
                        Arbitraries.of(SceneChange.class),
                        Arbitraries.of(Duplicates.class),
                        Arbitraries.integers().between(1, 5))
                .as((out, scene, duplicates, repeats) ->
                        new CadenceSettings(out, scene, duplicates, CadenceSettings.DEFAULT_MAX_GAP_NANOS, repeats));
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Long> gaps = Arbitraries.frequencyOf(
                Tuple.of(10, Arbitraries.of(16_666_667L, 33_366_666L, 40_000_000L, 41_708_333L)),
                Tuple.of(5, Arbitraries.longs().between(1, 250_000_000)),
                Tuple.of(1, Arbitraries.longs().between(250_000_001, 20_000_000_000L)),
                Tuple.of(1, Arbitraries.longs().between(-100_000_000, 0)));
        Arbitrary<Change> changes =
                Arbitraries.frequency(Tuple.of(6, Change.MOTION), Tuple.of(3, Change.REPEAT), Tuple.of(1, Change.CUT));
        Arbitrary<Event> frames =
                Combinators.combine(gaps, Arbitraries.of(true, false), changes).as(Event.Frame::new);
        Arbitrary<Event> skips = Combinators.combine(
                        Arbitraries.longs().between(0, 500_000_000), Arbitraries.of(SkipReason.class))
                .as(Event.Skip::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(40, frames),
                        Tuple.of(1, Arbitraries.just(new Event.Drain())),
                        Tuple.of(1, Arbitraries.just(new Event.Flush())),
                        Tuple.of(2, skips))
                .list()
                .ofMaxSize(60);
    }
}
