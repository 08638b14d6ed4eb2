package dev.midframe.element.stream;

import dev.midframe.cadence.Cadence;
import dev.midframe.cadence.Output;
import dev.midframe.cadence.RealFrame;
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
 * cadence needs them no more, generated ones until the engine has them; all leave in order.
 *
 * <p>Belongs to the streaming thread. Owns a reference to every buffer in it.
 */
final class FrameFlow {

    /** A real frame that the cadence may still refer to. */
    private record Held(RealFrame frame, long buffer, long arrival) {}

    private final Cadence cadence;
    private final Pairs pairs;
    private final FrameMap map;
    private final @Nullable Mask mask;
    private final Buffers buffers;
    private final LongUnaryOperator newBufferLike;
    private final Results results;

    private final Deque<Held> held = new ArrayDeque<>();
    private final Deque<Departure> departures = new ArrayDeque<>();
    /** What the cadence has decided and could not be started yet. */
    private final Deque<Output> planned = new ArrayDeque<>();

    private long lastShown = -1;

    /**
     * @param newBufferLike makes a buffer for a generated frame with the metadata of a real one
     * @param results waits for what the engine makes
     */
    FrameFlow(
            Cadence cadence,
            Pairs pairs,
            FrameMap map,
            @Nullable Mask mask,
            Buffers buffers,
            LongUnaryOperator newBufferLike,
            Results results) {
        this.cadence = cadence;
        this.pairs = pairs;
        this.map = map;
        this.mask = mask;
        this.buffers = buffers;
        this.newBufferLike = newBufferLike;
        this.results = results;
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
            pairs.awaitRoom();
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
        pairs.reset();
    }

    private void discard(Departure departure) {
        switch (departure) {
            case Departure.Ready ready -> buffers.unref(ready.buffer());
            case Departure.Pending pending when pending.isFetched() -> buffers.unref(pending.buffer());
            // The engine's result may be on its way into the buffer.
            case Departure.Pending pending -> results.later(() -> buffers.unref(pending.buffer()));
            case Departure.Skipped skipped -> {}
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
        if (departures.isEmpty() && !planned.isEmpty()) {
            pairs.awaitRoom();
            carryOut();
        }
        Departure head = departures.peekFirst();
        if (head == null || head instanceof Departure.Pending pending && !isWanted(pending, all)) {
            return null;
        }
        Departure left =
                switch (head) {
                    case Departure.Pending pending -> fetch(pending);
                    case Departure.Ready real
                    when real.kind() == FrameKind.REAL ->
                        real.withBuffer(buffers.timed(real.buffer(), real.pts(), real.duration()));
                    default -> head;
                };
        departures.removeFirst();
        return left;
    }

    private boolean isWanted(Departure.Pending pending, boolean all) {
        return all || pending.isFetched() || pairs.areFull();
    }

    private void carryOut() {
        while (!planned.isEmpty() && hasRoomFor(planned.getFirst())) {
            switch (planned.getFirst()) {
                case Output.Real real -> {
                    Held frame = held(real.sequence());
                    departures.addLast(new Departure.Ready(
                            FrameKind.REAL, show(frame), real.ptsNanos(), real.durationNanos(), frame.arrival));
                    planned.removeFirst();
                }
                case Output.Generated generated -> generate(generated);
                case Output.Skipped skipped -> {
                    departures.addLast(new Departure.Skipped(skipped.reason(), skipped.ptsNanos(), System.nanoTime()));
                    planned.removeFirst();
                }
                case Output.Blended blended -> {
                    blend(blended);
                    planned.removeFirst();
                }
            }
        }
        while (planned.isEmpty() && !held.isEmpty() && held.getFirst().frame.sequence() < cadence.oldestNeeded()) {
            buffers.unref(held.removeFirst().buffer);
        }
    }

    private long show(Held frame) {
        boolean again = frame.frame.sequence() == lastShown;
        lastShown = frame.frame.sequence();
        long buffer = buffers.ref(frame.buffer);
        return again ? buffers.repeated(buffer) : buffer;
    }

    /** Makes space by waiting for a pair that is wanted, but not for one that is not: real frames go before. */
    private boolean hasRoomFor(Output output) {
        while (output instanceof Output.Generated && pairs.areFull()) {
            Pairs.Batch oldest = pairs.oldest();
            if (oldest == null) {
                return false;
            }
            for (Departure departure : departures) {
                if (departure instanceof Departure.Pending pending && pending.batch() == oldest) {
                    fetch(pending);
                }
            }
        }
        return true;
    }

    private void generate(Output.Generated first) {
        List<Output.Generated> pair = new ArrayList<>();
        while (planned.peekFirst() instanceof Output.Generated next
                && next.from() == first.from()
                && next.to() == first.to()) {
            pair.add(next);
            planned.removeFirst();
        }
        double[] times = pair.stream().mapToDouble(Output.Generated::time).toArray();
        Held from = held(first.from());
        Held to = held(first.to());
        Pairs.Batch batch =
                pairs.start(first.from(), first.to(), times, (sequence, use) -> map.lend(held(sequence).buffer, use));
        for (int i = 0; i < times.length; i++) {
            Output.Generated output = pair.get(i);
            Held nearer = nearer(from, to, output.time());
            departures.addLast(new Departure.Pending(
                    newBuffer(nearer, output),
                    output.ptsNanos(),
                    output.durationNanos(),
                    to.arrival,
                    batch,
                    i,
                    patch(nearer)));
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

    /** Waits until the engine has made the pixels, and takes them. */
    private Departure.Ready fetch(Departure.Pending pending) {
        if (!pending.isFetched()) {
            results.await(() -> map.write(pending.buffer(), target -> {
                pending.batch().copy(pending.index(), target);
                pending.patch().accept(target);
            }));
            pending.batch().fetched(pending.index());
        }
        return pending.ready();
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
