package dev.midframe.cadence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.cadence.CadencePropertiesTest.Event;
import dev.midframe.cadence.change.Change;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Feeds a cadence and holds every output against the rules, stated independently of how the cadence works. */
final class RuleCheck {
    private final CadenceSettings settings;
    private final Cadence cadence;
    private final List<RealFrame> frames = new ArrayList<>();
    /** Real frames that were seen, whole or in the frames next to them. */
    private final Set<Long> shown = new HashSet<>();

    private final Set<Long> due = new HashSet<>();
    private long pts;
    private long anchor;
    private boolean anchored;
    private long lastIndex = -1;
    /** After an end, a gap that is not bridged, or a frame that is not later than the one before it. */
    private boolean mayLeaveAHole = true;

    private boolean fresh = true;
    private long lastPts = Long.MIN_VALUE;
    private long neededBefore;
    private long skipUntil = Long.MIN_VALUE;
    private long outputs;
    /** Outputs due of the runs of frames before this one; a factor counts anew with every run. */
    private long outputsBefore;

    private int run;

    RuleCheck(CadenceSettings settings) {
        this.settings = settings;
        this.cadence = Cadence.of(settings);
    }

    void run(List<Event> events) {
        for (Event event : events) {
            switch (event) {
                case Event.Frame frame -> offer(frame);
                case Event.Drain drain -> drain();
                case Event.Flush flush -> {
                    due.removeIf(sequence -> sequence >= cadence.oldestNeeded());
                    cadence.flush();
                    outputsBefore = outputs;
                    run = 0;
                    startAnew();
                    anchored = false;
                    lastIndex = -1;
                }
                case Event.Skip skip -> {
                    skipUntil = pts + skip.nanos();
                    cadence.skipUntil(skipUntil, skip.reason());
                }
            }
        }
        drain();
    }

    private void offer(Event.Frame event) {
        pts += event.gapNanos();
        long duration = event.durationKnown() && event.gapNanos() > 0 ? event.gapNanos() : RealFrame.UNKNOWN;
        RealFrame frame = new RealFrame(frames.size(), pts, duration, event.change());
        neededBefore = Math.min(cadence.oldestNeeded(), frame.sequence());
        boolean backwards = !fresh && event.gapNanos() <= 0;
        frames.add(frame);
        if (settings.duplicates() == Duplicates.KEEP || frame.change() != Change.REPEAT) {
            due.add(frame.sequence());
        }
        fresh = false;
        if (!anchored) {
            anchor = pts;
            anchored = true;
        }
        if (run > 0 && (event.gapNanos() <= 0 || event.gapNanos() > settings.maxGapNanos())) {
            outputsBefore += due(run);
            run = 0;
        }
        run++;
        cadence.offer(frame, this::check);
        assertNoneIsLateOrMissing();
        if (event.gapNanos() < 0) {
            anchor = pts;
            lastIndex = -1;
        }
        mayLeaveAHole |= backwards || event.gapNanos() > settings.maxGapNanos();
        if (backwards) {
            lastPts = Long.MIN_VALUE;
        }
        long held = frame.sequence() - cadence.oldestNeeded() + 1;
        assertThat(held).isBetween(1L, bridges() ? 2L * (settings.maxRepeats() + 1) : 1L);
    }

    private void drain() {
        neededBefore = Math.min(cadence.oldestNeeded(), frames.size());
        cadence.drain(this::check);
        assertThat(cadence.oldestNeeded()).isEqualTo(Long.MAX_VALUE);
        if (settings.rate() instanceof OutputRate.Factor) {
            assertThat(outputs).as("outputs in total").isEqualTo(outputsBefore + due(run));
        }
        outputsBefore = outputs;
        run = 0;
        if (settings.rate() instanceof OutputRate.Factor factor
                && factor.value().isWhole()) {
            assertThat(shown).as("every real frame").containsAll(due);
        }
        startAnew();
    }

    /** Whatever lies before the newest frame has left, and nothing else, however the factor divides. */
    private void assertNoneIsLateOrMissing() {
        if (settings.rate() instanceof OutputRate.Factor && !bridges()) {
            assertThat(outputs - outputsBefore).as("outputs of %d frames", run).isEqualTo(slotsBefore(run - 1));
        }
    }

    /** How many outputs a run of so many frames has: the last frame is shown once, if it has a slot before its end. */
    private long due(int frames) {
        return frames == 0 ? 0 : Math.min(slotsBefore(frames - 1) + 1, slotsBefore(frames));
    }

    private long slotsBefore(int position) {
        return settings.rate() instanceof OutputRate.Factor factor
                ? Math.ceilDiv(
                        (long) position * factor.value().numerator(),
                        factor.value().denominator())
                : 0;
    }

    private void startAnew() {
        fresh = true;
        lastPts = Long.MIN_VALUE;
        mayLeaveAHole = true;
    }

    private void check(Output output) {
        outputs++;
        assertThat(output.ptsNanos()).as("order").isGreaterThanOrEqualTo(lastPts);
        lastPts = output.ptsNanos();
        assertThat(output.durationNanos())
                .satisfiesAnyOf(nanos -> assertThat(nanos).isPositive(), nanos -> assertThat(nanos)
                        .isEqualTo(RealFrame.UNKNOWN));
        if (settings.rate() instanceof OutputRate.FramesPerSecond rate) {
            assertOnGrid(output.ptsNanos(), rate.value());
        }
        switch (output) {
            case Output.Real real -> {
                assertThat(real.sequence()).isBetween(neededBefore, (long) frames.size() - 1);
                assertThat(frame(real.sequence()).ptsNanos()).isLessThanOrEqualTo(real.ptsNanos() + tolerance());
                shown.add(real.sequence());
            }
            case Output.Generated g -> {
                assertThat(g.ptsNanos()).as("not to be generated").isGreaterThanOrEqualTo(skipUntil);
                assertBetween(g.from(), g.to(), g.time(), g.ptsNanos());
                assertNothingCrossed(g.from(), g.to());
                if (bridges()) {
                    shown.add(g.from());
                    shown.add(g.to());
                }
            }
            case Output.Blended b -> {
                assertThat(settings.sceneChange()).isEqualTo(SceneChange.BLEND);
                assertThat(frame(b.to()).change()).isEqualTo(Change.CUT);
                assertThat(b.to()).isEqualTo(b.from() + 1);
                assertBetween(b.from(), b.to(), b.time(), b.ptsNanos());
            }
            case Output.Skipped s -> assertThat(s.ptsNanos()).isLessThan(skipUntil);
        }
    }

    private void assertBetween(long from, long to, double time, long at) {
        assertThat(from).isGreaterThanOrEqualTo(neededBefore).isLessThan(to);
        assertThat(to).isBetween(bridges() ? from + 1 : frames.size() - 1L, frames.size() - 1L);
        long start = frame(from).ptsNanos();
        long length = frame(to).ptsNanos() - start;
        assertThat(length).isBetween(1L, settings.maxGapNanos());
        assertThat(time).isGreaterThan(0).isLessThan(1);
        assertThat(start + time * length - at)
                .as("place")
                .isBetween(-1.5 - tolerance() - largestDelay(from), 1.5 + tolerance());
    }

    /** Frames in a steady pattern of repeats are due up to one frame later than they came. */
    private double largestDelay(long from) {
        if (!bridges()) {
            return 0;
        }
        // A pattern's frames come evenly but for a quarter of a frame each way.
        return 1.5 * (frame(from + 1).ptsNanos() - frame(from).ptsNanos());
    }

    private boolean bridges() {
        return settings.duplicates() == Duplicates.BRIDGE;
    }

    private void assertNothingCrossed(long from, long to) {
        for (long i = from + 1; i <= to; i++) {
            Change change = frame(i).change();
            if (i < to) {
                assertThat(change).as("only repeats are replaced").isEqualTo(Change.REPEAT);
                assertThat(settings.duplicates()).isEqualTo(Duplicates.BRIDGE);
            } else {
                assertThat(change).isNotEqualTo(Change.REPEAT);
                if (settings.sceneChange() != SceneChange.OFF) {
                    assertThat(change).isNotEqualTo(Change.CUT);
                }
            }
        }
    }

    private void assertOnGrid(long at, Ratio rate) {
        BigInteger second = BigInteger.valueOf(1_000_000_000L * rate.denominator());
        BigInteger frames = BigInteger.valueOf(rate.numerator());
        BigInteger index = BigInteger.valueOf(at - anchor + 1).multiply(frames).divide(second);
        boolean here =
                BigInteger.valueOf(at - anchor).equals(index.multiply(second).divide(frames));
        assertThat(here)
                .as(at + " is on the grid of " + rate + " from " + anchor)
                .isTrue();
        if (mayLeaveAHole) {
            assertThat(index.longValueExact()).as("place on the grid").isGreaterThan(lastIndex);
        } else {
            assertThat(index.longValueExact()).as("every place on the grid").isEqualTo(lastIndex + 1);
        }
        lastIndex = index.longValueExact();
        mayLeaveAHole = false;
    }

    private long tolerance() {
        return settings.rate() instanceof OutputRate.FramesPerSecond rate ? rate.tolerance() : 0;
    }

    private RealFrame frame(long sequence) {
        return frames.get((int) sequence);
    }
}
