package dev.midframe.cadence;

import dev.midframe.cadence.change.Change;
import dev.midframe.cadence.pulldown.Pulldown;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@link Cadence} for any rate: holds one frame, or a short run of repeats, and fills the slots up to its successor. */
final class StreamCadence implements Cadence {
    private final CadenceSettings settings;
    private final Slots slots;
    /** A frame and, when bridging, its repeats. */
    private final Deque<RealFrame> held = new ArrayDeque<>();

    private final Pulldown pulldown = new Pulldown();
    /** How much later than it came the first held frame is due, and what is shown until then. */
    private long delayNanos;

    private @Nullable Due earlier;

    /** A frame and when it is due. */
    private record Due(RealFrame frame, long nanos) {}

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
                dueOnArrival();
                pulldown.reset();
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
        dueOnArrival();
        pulldown.reset();
    }

    @Override
    public void skipUntil(long ptsNanos, SkipReason reason) {
        skipUntil = ptsNanos;
        skipReason = reason;
    }

    @Override
    public long oldestNeeded() {
        if (held.isEmpty()) {
            return Long.MAX_VALUE;
        }
        return earlier == null ? held.getFirst().sequence() : earlier.frame.sequence();
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
        boolean moves =
                changeOf(frame) == Change.MOTION && frame.ptsNanos() - first.ptsNanos() <= settings.maxGapNanos();
        long delay = delayOf(frame, moves);
        Due next = new Due(frame, frame.ptsNanos() + delay);
        List<Output> planned = new ArrayList<>();
        RealFrame last = planRun(moves ? next : null, planned);
        if (moves) {
            plan(last, frame, first, next, Change.MOTION, planned);
        } else {
            plan(last, frame, last, next, changeOf(frame), planned);
        }
        still &= frame.change() == Change.REPEAT;
        intervalNanos = gap;
        earlier = delay > 0 ? new Due(first, first.ptsNanos() + delayNanos) : null;
        delayNanos = delay;
        hand(planned, slots.following(frame.durationNanos() > 0 ? frame.durationNanos() : gap), output);
    }

    /** How much later than it came the frame that follows the held ones is due. */
    private long delayOf(RealFrame frame, boolean moves) {
        if (settings.duplicates() == Duplicates.KEEP) {
            return 0;
        }
        if (still || frame.change() == Change.REPEAT) {
            pulldown.reset();
            return 0;
        }
        long delay = pulldown.next(held.getFirst().ptsNanos(), held.size(), frame.ptsNanos());
        return moves ? delay : 0;
    }

    private void dueOnArrival() {
        delayNanos = 0;
        earlier = null;
    }

    /** Ends the picture shown last at the given time. */
    private void close(long end, Consumer<Output> output) {
        List<Output> planned = new ArrayList<>();
        RealFrame last = planRun(null, planned);
        slots.enter(last.ptsNanos(), end);
        if (slots.next()) {
            do {
                planned.add(new Output.Real(last.sequence(), slots.ptsNanos(), RealFrame.UNKNOWN));
            } while (slots.fillsLastFrame() && slots.next());
        }
        hand(planned, end, output);
    }

    /** Fills the intervals within the held run, on the way to the frame after it or with the repeats as they came. */
    private RealFrame planRun(@Nullable Due target, List<Output> planned) {
        RealFrame first = held.getFirst();
        RealFrame previous = first;
        for (RealFrame repeat : held) {
            if (repeat != first && target != null) {
                plan(previous, repeat, first, target, Change.MOTION, planned);
            } else if (repeat != first) {
                plan(previous, repeat, previous, new Due(repeat, repeat.ptsNanos()), Change.REPEAT, planned);
            }
            previous = repeat;
        }
        return previous;
    }

    /** Fills the slots between two neighbours a and b with what lies between {@code from} and {@code to}. */
    private void plan(RealFrame a, RealFrame b, RealFrame from, Due to, Change change, List<Output> planned) {
        slots.enter(a.ptsNanos(), b.ptsNanos());
        long delay = change == Change.MOTION && from == held.getFirst() ? delayNanos : 0;
        boolean shown = false;
        while (slots.next()) {
            long pts = slots.ptsNanos();
            boolean skip = pts < skipUntil;
            double inside = slots.fraction() * (b.ptsNanos() - a.ptsNanos());
            double sinceFrom = a.ptsNanos() - from.ptsNanos() + inside - delay;
            boolean ownPlace = delay == 0 ? slots.isReal() && a == from : Math.abs(sinceFrom) <= slots.tolerance();
            if (!skip && isBeforeFirst(pts)) {
                planned.add(beforeFirst(pts));
            } else if (ownPlace
                    || change == Change.REPEAT
                    || holdsAcross(change)
                    || change == Change.MOTION && skip && !shown) {
                planned.add(new Output.Real(ownPlace ? from.sequence() : a.sequence(), pts, RealFrame.UNKNOWN));
            } else if (change == Change.MOTION && skip) {
                planned.add(new Output.Skipped(skipReason, pts, RealFrame.UNKNOWN));
            } else {
                double time = sinceFrom / (to.nanos - from.ptsNanos() - delay);
                planned.add(
                        change == Change.CUT
                                ? new Output.Blended(from.sequence(), to.frame.sequence(), time, pts, RealFrame.UNKNOWN)
                                : new Output.Generated(
                                        from.sequence(), to.frame.sequence(), time, pts, RealFrame.UNKNOWN));
            }
            shown = true;
        }
    }

    /** Whether the first held frame has come but is not due yet. */
    private boolean isBeforeFirst(long pts) {
        return earlier != null && pts < held.getFirst().ptsNanos() + delayNanos - slots.tolerance();
    }

    /** What is shown until the first held frame is due. */
    private Output beforeFirst(long pts) {
        RealFrame first = held.getFirst();
        Due from = Objects.requireNonNull(earlier);
        long since = pts - from.nanos;
        if (since <= slots.tolerance()) {
            return new Output.Real(from.frame.sequence(), pts, RealFrame.UNKNOWN);
        }
        double time = (double) since / (first.ptsNanos() + delayNanos - from.nanos);
        return new Output.Generated(from.frame.sequence(), first.sequence(), time, pts, RealFrame.UNKNOWN);
    }

    private boolean holdsAcross(Change change) {
        return change == Change.CUT && settings.sceneChange() == SceneChange.REPEAT;
    }

    private Change changeOf(RealFrame frame) {
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
