package dev.midframe.cadence;

import dev.midframe.cadence.change.Change;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** {@link Cadence} for any rate: holds one frame, or a short run of repeats, and fills the slots up to its successor. */
final class StreamCadence implements Cadence {
    private static final Transition REPEAT = new Transition.Repeat();

    private final CadenceSettings settings;
    private final Slots slots;
    /** A frame and, when bridging, its repeats. */
    private final Deque<RealFrame> held = new ArrayDeque<>();

    private final DueTimes dueTimes = new DueTimes();
    private long intervalNanos;
    private boolean still;
    private long skipUntil = Long.MIN_VALUE;
    private SkipReason skipReason = SkipReason.LATE;

    StreamCadence(CadenceSettings settings) {
        this.settings = settings;
        this.slots = switch (settings.rate()) {
            case OutputRate.Factor factor -> new FactorSlots(factor.value());
            case OutputRate.FramesPerSecond rate -> new GridSlots(rate);
        };
    }

    @Override
    public void continueFrom(CountOrigin origin) {
        slots.continueFrom(origin);
    }

    @Override
    public void offer(RealFrame frame, Consumer<Output> output) {
        if (held.isEmpty()) {
            slots.start(frame.ptsNanos());
        } else {
            RealFrame last = held.getLast();
            long gap = frame.ptsNanos() - last.ptsNanos();
            if (gap <= 0) {
                drain(output);
                slots.start(frame.ptsNanos());
            } else if (gap > settings.maxGapNanos()) {
                close(Math.min(frame.ptsNanos(), ownEnd(last, settings.maxGapNanos())), output);
                slots.resume(frame.ptsNanos());
                still = false;
                dueTimes.reset();
            } else if (joinsRun(frame)) {
                held.add(frame);
                return;
            } else {
                continueTo(frame, gap, output);
            }
        }
        held.clear();
        held.add(frame);
    }

    @Override
    public void drain(Consumer<Output> output) {
        if (!held.isEmpty()) {
            close(ownEnd(held.getLast(), intervalNanos), output);
        }
        forgetFrames();
    }

    @Override
    public void flush() {
        forgetFrames();
        slots.forget();
    }

    private void forgetFrames() {
        held.clear();
        intervalNanos = 0;
        still = false;
        dueTimes.reset();
    }

    @Override
    public void skipUntil(long ptsNanos, SkipReason reason) {
        skipUntil = ptsNanos;
        skipReason = reason;
    }

    @Override
    public long oldestNeeded() {
        return held.isEmpty()
                ? Long.MAX_VALUE
                : dueTimes.oldest(held.getFirst()).sequence();
    }

    @Override
    public long latencyNanos(long frameDurationNanos) {
        long one = frameDurationNanos > 0 ? frameDurationNanos : settings.maxGapNanos();
        if (settings.duplicates() == Duplicates.KEEP) {
            return one;
        }
        return Math.min(one * (settings.maxRepeats() + 1), settings.maxGapNanos() + one);
    }

    private boolean joinsRun(RealFrame frame) {
        if (settings.duplicates() == Duplicates.KEEP || frame.change() != Change.REPEAT) {
            return false;
        }
        still = still
                || held.size() > settings.maxRepeats()
                || frame.ptsNanos() - held.getFirst().ptsNanos() > settings.maxGapNanos();
        return !still;
    }

    private void continueTo(RealFrame frame, long gap, Consumer<Output> output) {
        RealFrame first = held.getFirst();
        RealFrame last = held.getLast();
        Change change = changeTo(frame);
        boolean bridges = change == Change.MOTION && frame.ptsNanos() - first.ptsNanos() <= settings.maxGapNanos();
        long delay = delayOf(frame, bridges);
        Due next = new Due(frame, frame.ptsNanos() + delay);
        Transition transition =
                switch (change) {
                    case REPEAT -> REPEAT;
                    case CUT -> new Transition.Cut(settings.sceneChange() == SceneChange.BLEND);
                    case MOTION ->
                        new Transition.Motion(bridges ? dueTimes.of(first) : new Due(last, last.ptsNanos()), next);
                };
        List<Output> planned = new ArrayList<>();
        fillRun(bridges ? transition : REPEAT, planned);
        fill(last, frame, transition, planned);
        still &= frame.change() == Change.REPEAT;
        intervalNanos = gap;
        dueTimes.advance(first, delay);
        hand(planned, slots.following(frame.durationNanos() > 0 ? frame.durationNanos() : gap), output);
    }

    /** How much later than it came the frame that follows the held ones is due. */
    private long delayOf(RealFrame frame, boolean bridges) {
        if (settings.duplicates() == Duplicates.KEEP) {
            return 0;
        }
        if (still || frame.change() == Change.REPEAT) {
            dueTimes.breakPattern();
            return 0;
        }
        long delay = dueTimes.delayOf(frame, held.getFirst(), held.size());
        return bridges ? delay : 0;
    }

    /** Ends the picture shown last at the given time. */
    private void close(long end, Consumer<Output> output) {
        List<Output> planned = new ArrayList<>();
        fillRun(REPEAT, planned);
        RealFrame last = held.getLast();
        slots.enter(last.ptsNanos(), end);
        if (slots.next()) {
            do {
                planned.add(new Output.Real(last.sequence(), slots.ptsNanos(), RealFrame.UNKNOWN));
            } while (slots.fillsLastFrame() && slots.next());
        }
        hand(planned, end, output);
    }

    /** Fills the intervals within the held run. */
    private void fillRun(Transition transition, List<Output> planned) {
        RealFrame previous = held.getFirst();
        for (RealFrame repeat : held) {
            if (repeat != previous) {
                fill(previous, repeat, transition, planned);
            }
            previous = repeat;
        }
    }

    /** Fills the slots between two neighbours. */
    private void fill(RealFrame a, RealFrame b, Transition transition, List<Output> planned) {
        slots.enter(a.ptsNanos(), b.ptsNanos());
        for (boolean shown = false; slots.next(); shown = true) {
            boolean skip = slots.ptsNanos() < skipUntil;
            Output before = skip ? null : dueTimes.before(held.getFirst(), slots);
            Output output = before != null ? before : transition.at(slots, a, b);
            planned.add(skip && output instanceof Output.Generated ? instead(a, shown) : output);
        }
    }

    /** What comes in the place of a frame that is not to be generated: a real one that would not be shown else, or nothing. */
    private Output instead(RealFrame real, boolean shown) {
        return shown
                ? new Output.Skipped(skipReason, slots.ptsNanos(), RealFrame.UNKNOWN)
                : new Output.Real(real.sequence(), slots.ptsNanos(), RealFrame.UNKNOWN);
    }

    private Change changeTo(RealFrame frame) {
        return frame.change() == Change.CUT && settings.sceneChange() == SceneChange.OFF
                ? Change.MOTION
                : frame.change();
    }

    private static long ownEnd(RealFrame frame, long otherwiseNanos) {
        return frame.ptsNanos() + (frame.durationNanos() > 0 ? frame.durationNanos() : otherwiseNanos);
    }

    /** Hands on what was planned, each lasting up to the next that is shown. */
    private static void hand(List<Output> planned, long end, Consumer<Output> output) {
        long nextShown = end;
        long nextSlot = end;
        for (int i = planned.size() - 1; i >= 0; i--) {
            Output each = planned.get(i);
            long until = each instanceof Output.Skipped ? nextSlot : nextShown;
            nextSlot = each.ptsNanos();
            nextShown = each instanceof Output.Skipped ? nextShown : nextSlot;
            planned.set(i, until > nextSlot ? each.lasting(until - nextSlot) : each);
        }
        planned.forEach(output);
    }
}
