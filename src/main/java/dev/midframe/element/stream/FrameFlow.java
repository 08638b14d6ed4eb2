package dev.midframe.element.stream;

import dev.midframe.cadence.Cadence;
import dev.midframe.cadence.Output;
import dev.midframe.cadence.RealFrame;
import dev.midframe.cadence.SkipReason;
import dev.midframe.element.buffers.Buffers;
import dev.midframe.element.buffers.FrameMap;
import dev.midframe.element.buffers.Mask;
import dev.midframe.interpolation.FrameKind;
import dev.midframe.video.Blend;
import dev.midframe.video.VideoFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The frames between arrival and departure: what the cadence decides is carried out here. Real frames wait until the
 * cadence needs them no more, generated ones until the engine has them or {@link Overload} gives them up; all leave in order.
 *
 * <p>Belongs to the streaming thread. Owns a reference to every buffer in it.
 */
final class FrameFlow {

    /** A real frame that the cadence may still refer to. */
    private record Held(RealFrame frame, long buffer, long arrival) {
        Pair.Real real() {
            return new Pair.Real(frame.sequence(), buffer);
        }
    }

    private final Cadence cadence;
    private final Pairs pairs;
    private final Pair.Context context;
    private final @Nullable Mask mask;
    private final LongUnaryOperator newBufferLike;

    private final FrameMap map;
    private final Buffers buffers;
    private final Overload overload;

    private final Deque<Held> held = new ArrayDeque<>();
    private final Deque<Departure> departures = new ArrayDeque<>();
    /** What the cadence has decided and could not be started yet. */
    private final Deque<Output> planned = new ArrayDeque<>();

    private long lastShown = -1;

    /** @param newBufferLike makes a buffer for a generated frame with the metadata of a real one */
    FrameFlow(
            Cadence cadence, Pairs pairs, Pair.Context context, @Nullable Mask mask, LongUnaryOperator newBufferLike) {
        this.cadence = cadence;
        this.pairs = pairs;
        this.context = context;
        this.mask = mask;
        this.newBufferLike = newBufferLike;
        this.map = context.map();
        this.buffers = context.buffers();
        this.overload = context.overload();
    }

    /** Takes a real frame's buffer. */
    void accept(RealFrame frame, long buffer, long arrival) {
        held.addLast(new Held(frame, buffer, arrival));
        cadence.offer(frame, planned::add);
        carryOut();
    }

    /** Takes the buffer of a frame that leaves as it came. */
    void pass(long buffer, long arrival) {
        while (!planned.isEmpty()) {
            awaitRoom();
            carryOut();
        }
        departures.addLast(
                new Departure.Ready(FrameKind.REAL, buffer, Buffers.pts(buffer), Buffers.duration(buffer), arrival));
    }

    /** Lets everything leave that has come. */
    void drain() {
        cadence.drain(planned::add);
        carryOut();
    }

    /** Forgets everything. What the engine has begun is not waited for. */
    void clear() {
        cadence.flush();
        planned.clear();
        departures.forEach(this::discard);
        departures.clear();
        held.forEach(real -> buffers.unref(real.buffer));
        held.clear();
    }

    private void discard(Departure departure) {
        switch (departure) {
            case Departure.Ready ready -> buffers.unref(ready.buffer());
            case Departure.Pending pending -> {
                if (!pending.pair().drop(pending.index())) {
                    buffers.unref(pending.buffer());
                }
                unrefSubstitute(pending);
            }
            case Departure.Skipped skipped -> {}
        }
    }

    private void unrefSubstitute(Departure.Pending pending) {
        if (pending.substitute() != 0) {
            buffers.unref(pending.substitute());
        }
    }

    /**
     * The next frame to leave, whose buffer the caller owns then; null when there is none yet.
     *
     * @param all whether to wait for pairs that may still be left to the engine
     */
    @Nullable
    Departure next(boolean all) {
        carryOut();
        while (departures.isEmpty() && !planned.isEmpty()) {
            awaitRoom();
            carryOut();
        }
        Departure head = departures.peekFirst();
        if (head == null || head instanceof Departure.Pending pending && !isWanted(pending, all)) {
            return null;
        }
        Departure leaving = head instanceof Departure.Pending pending ? made(pending) : head;
        departures.removeFirst();
        return leaving instanceof Departure.Ready real && real.kind() == FrameKind.REAL
                ? real.withBuffer(buffers.timed(real.buffer(), real.pts(), real.duration()))
                : leaving;
    }

    /** Not wanted yet is what may be left to the engine, because the real frame behind it need not leave before another comes. */
    private boolean isWanted(Departure.Pending pending, boolean all) {
        return all
                || pending.isDone()
                || pairs.areFull() && !pairs.areBehind()
                || overload.nanosUntil(pending.due()) <= pending.interval();
    }

    /** Waits until the engine has made the pixels, or they are dropped, because the real frame behind them has to leave. */
    private void settle(Departure.Pending pending) {
        while (!pending.isDone()) {
            long left = overload.nanosUntil(pending.due());
            if (left <= 0) {
                // The engine may have made it in this moment: then it leaves after all.
                pending.pair().drop(pending.index());
            } else {
                context.flushing().pause(pending::isDone, left);
            }
        }
    }

    private Departure made(Departure.Pending pending) {
        settle(pending);
        if (pending.pair().isDropped(pending.index())) {
            return pending.inItsPlace();
        }
        pending.pair().requireMade(pending.index());
        unrefSubstitute(pending);
        return pending.ready();
    }

    /** Waits until a pair can be started, or need not be because there is no time for it. */
    private void awaitRoom() {
        while (planned.peekFirst() instanceof Output.Generated next && pairs.areFull() && !isUrgent(next)) {
            context.flushing().pause(() -> !pairs.areFull(), Overload.FOREVER);
        }
    }

    /** Whether the stream does not wait for ever. */
    private boolean isUrgent(Output.Generated output) {
        return overload.nanosUntil(held(output.to()).frame.ptsNanos()) != Overload.FOREVER;
    }

    private void carryOut() {
        boolean going = true;
        while (going && !planned.isEmpty()) {
            switch (planned.getFirst()) {
                case Output.Real real -> {
                    planned.removeFirst();
                    departures.addLast(ready(held(real.sequence()), real));
                }
                case Output.Generated generated when hasRoomFor(generated) -> generate(generated);
                case Output.Generated generated
                when isUrgent(generated) -> {
                    planned.removeFirst();
                    departures.addLast(inThePlaceOf(generated));
                }
                case Output.Generated generated -> going = false;
                case Output.Skipped skipped -> {
                    planned.removeFirst();
                    departures.addLast(new Departure.Skipped(skipped.reason(), skipped.ptsNanos(), System.nanoTime()));
                }
                case Output.Blended blended -> {
                    planned.removeFirst();
                    blend(blended);
                }
            }
        }
        while (planned.isEmpty() && !held.isEmpty() && held.getFirst().frame.sequence() < cadence.oldestNeeded()) {
            buffers.unref(held.removeFirst().buffer);
        }
    }

    private Departure.Ready ready(Held frame, Output output) {
        return new Departure.Ready(
                FrameKind.REAL, show(frame), output.ptsNanos(), output.durationNanos(), frame.arrival);
    }

    /** What leaves where there is no time to generate: a real frame that would not be shown else, or nothing. */
    private Departure inThePlaceOf(Output.Generated output) {
        Held from = held(output.from());
        if (isShown(from)) {
            SkipReason reason = pairs.areToCome() ? SkipReason.NO_ENGINE : SkipReason.OVERLOAD;
            return new Departure.Skipped(reason, output.ptsNanos(), System.nanoTime());
        }
        return ready(from, output);
    }

    private boolean isShown(Held real) {
        return real.frame.sequence() <= lastShown;
    }

    private long show(Held frame) {
        boolean again = frame.frame.sequence() == lastShown;
        lastShown = frame.frame.sequence();
        long buffer = buffers.ref(frame.buffer);
        return again ? buffers.repeated(buffer) : buffer;
    }

    /** Makes room by waiting for pairs that are wanted, but not for one that is not: real frames go before. */
    private boolean hasRoomFor(Output.Generated output) {
        if (pairs.areBehind() && isUrgent(output)) {
            return false;
        }
        while (pairs.areFull()) {
            Departure.Pending oldest = oldestPending();
            if (oldest == null) {
                return false;
            }
            settle(oldest);
        }
        return true;
    }

    private Departure.@Nullable Pending oldestPending() {
        for (Departure departure : departures) {
            if (departure instanceof Departure.Pending pending && !pending.isDone()) {
                return pending;
            }
        }
        return null;
    }

    private void generate(Output.Generated first) {
        List<Output.Generated> outputs = new ArrayList<>();
        while (planned.peekFirst() instanceof Output.Generated next
                && next.from() == first.from()
                && next.to() == first.to()) {
            outputs.add(next);
            planned.removeFirst();
        }
        Held from = held(first.from());
        Held to = held(first.to());
        List<Pair.Target> targets = new ArrayList<>();
        for (Output.Generated output : outputs) {
            Held nearer = nearer(from, to, output.time());
            targets.add(new Pair.Target(newBuffer(nearer, output), patch(nearer)));
        }
        double[] times = outputs.stream().mapToDouble(Output.Generated::time).toArray();
        Pair pair = new Pair(from.real(), to.real(), times, targets, context);
        pairs.start(pair);
        for (int i = 0; i < times.length; i++) {
            departures.addLast(new Departure.Pending(
                    targets.get(i).buffer(),
                    outputs.get(i).ptsNanos(),
                    outputs.get(i).durationNanos(),
                    to.arrival,
                    to.frame.ptsNanos(),
                    to.frame.ptsNanos() - from.frame.ptsNanos(),
                    i == 0 && !isShown(from) ? buffers.ref(from.buffer) : 0,
                    pair,
                    i));
        }
    }

    private void blend(Output.Blended blended) {
        Held from = held(blended.from());
        Held to = held(blended.to());
        Held nearer = nearer(from, to, blended.time());
        long buffer = newBuffer(nearer, blended);
        Consumer<VideoFrame> patch = patch(nearer);
        departures.addLast(new Departure.Ready(
                FrameKind.BLENDED, buffer, blended.ptsNanos(), blended.durationNanos(), to.arrival));
        map.lend(
                from.buffer,
                a -> map.lend(
                        to.buffer,
                        b -> map.write(buffer, target -> {
                            Blend.mix(a, b, blended.time(), target);
                            patch.accept(target);
                        })));
    }

    private static Held nearer(Held from, Held to, double time) {
        return time < 0.5 ? from : to;
    }

    private long newBuffer(Held nearer, Output output) {
        long buffer = newBufferLike.applyAsLong(nearer.buffer);
        Buffers.stampGenerated(buffer, output.ptsNanos(), output.durationNanos());
        return buffer;
    }

    private Consumer<VideoFrame> patch(Held nearer) {
        return mask == null ? frame -> {} : map.read(nearer.buffer, mask::patch);
    }

    private Held held(long sequence) {
        for (Held real : held) {
            if (real.frame.sequence() == sequence) {
                return real;
            }
        }
        throw new IllegalStateException("the cadence asks for frame " + sequence + ", which has left");
    }
}
