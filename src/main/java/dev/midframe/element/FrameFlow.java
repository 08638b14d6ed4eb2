package dev.midframe.element;

import dev.midframe.cadence.Cadence;
import dev.midframe.cadence.Output;
import dev.midframe.cadence.RealFrame;
import dev.midframe.interpolation.VideoFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
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
    private final BooleanSupplier flushing;

    private final Deque<Held> held = new ArrayDeque<>();
    private final Deque<Departure> departures = new ArrayDeque<>();
    private final List<Output> planned = new ArrayList<>();

    /**
     * @param newBufferLike makes a buffer for a generated frame with the metadata of a real one
     * @param flushing whether results are no longer wanted
     */
    FrameFlow(
            Cadence cadence,
            Pairs pairs,
            FrameMap map,
            @Nullable Mask mask,
            Buffers buffers,
            LongUnaryOperator newBufferLike,
            BooleanSupplier flushing) {
        this.cadence = cadence;
        this.pairs = pairs;
        this.map = map;
        this.mask = mask;
        this.buffers = buffers;
        this.newBufferLike = newBufferLike;
        this.flushing = flushing;
    }

    /** Takes a real frame's buffer. */
    void accept(RealFrame frame, long buffer, long arrival) {
        held.addLast(new Held(frame, buffer, arrival));
        cadence.offer(frame, planned::add);
        carryOut();
    }

    /** Takes the buffer of a frame that leaves as it came. */
    void pass(long buffer, long arrival) {
        departures.addLast(new Departure(
                FrameKind.REAL,
                buffer,
                Buffers.pts(buffer),
                Buffers.duration(buffer),
                arrival,
                null,
                0,
                Departure.NO_PATCH));
    }

    /** Lets everything leave that has come. */
    void drain() {
        cadence.drain(planned::add);
        carryOut();
    }

    /** Forgets everything; waits for what the engine has begun. */
    void clear() {
        cadence.flush();
        planned.clear();
        departures.stream().filter(Departure::hasBuffer).forEach(departure -> buffers.unref(departure.buffer()));
        departures.clear();
        held.forEach(real -> buffers.unref(real.buffer));
        held.clear();
        pairs.reset();
    }

    /**
     * The next frame to leave, whose buffer the caller owns then; null when there is none yet.
     *
     * @param all whether to wait for pairs that may still be left to the engine
     */
    @Nullable
    Departure next(boolean all) {
        Departure head = departures.peekFirst();
        if (head == null || !head.isReady() && !all && !pairs.areFull()) {
            return null;
        }
        fill(head);
        departures.removeFirst();
        return head.kind() == FrameKind.REAL
                ? head.withBuffer(buffers.timed(head.buffer(), head.pts(), head.duration()))
                : head;
    }

    private void carryOut() {
        for (int first = 0; first < planned.size(); ) {
            first = switch (planned.get(first)) {
                case Output.Real real -> {
                    Held frame = held(real.sequence());
                    departures.addLast(new Departure(
                            FrameKind.REAL,
                            buffers.ref(frame.buffer),
                            real.ptsNanos(),
                            real.durationNanos(),
                            frame.arrival,
                            null,
                            0,
                            Departure.NO_PATCH));
                    yield first + 1;
                }
                case Output.Generated generated -> generate(first, generated);
                case Output.Skipped skipped -> {
                    departures.addLast(Departure.skipped(skipped, System.nanoTime()));
                    yield first + 1;
                }
                case Output.Blended blended -> {
                    blend(blended);
                    yield first + 1;
                }
            };
        }
        planned.clear();
        while (!held.isEmpty() && held.getFirst().frame.sequence() < cadence.oldestNeeded()) {
            buffers.unref(held.removeFirst().buffer);
        }
    }

    private int generate(int first, Output.Generated generated) {
        int end = first;
        while (end < planned.size()
                && planned.get(end) instanceof Output.Generated other
                && other.from() == generated.from()
                && other.to() == generated.to()) {
            end++;
        }
        double[] times = new double[end - first];
        for (int i = 0; i < times.length; i++) {
            times[i] = ((Output.Generated) planned.get(first + i)).time();
        }
        Held from = held(generated.from());
        Held to = held(generated.to());
        while (pairs.areFull()) {
            Pairs.Batch oldest = pairs.oldest();
            departures.stream().filter(d -> d.batch() == oldest).forEach(this::fill);
        }
        Pairs.Batch batch = pairs.start(
                generated.from(), generated.to(), times, (sequence, use) -> map.lend(held(sequence).buffer, use));
        for (int i = 0; i < times.length; i++) {
            Output.Generated output = (Output.Generated) planned.get(first + i);
            departures.addLast(made(FrameKind.GENERATED, output, from, to, output.time(), batch, i));
        }
        return end;
    }

    private void blend(Output.Blended blended) {
        Held from = held(blended.from());
        Held to = held(blended.to());
        Departure departure = made(FrameKind.BLENDED, blended, from, to, blended.time(), null, 0);
        departures.addLast(departure);
        map.lend(
                from.buffer,
                a -> map.lend(
                        to.buffer,
                        b -> map.write(departure.buffer(), target -> {
                            Blend.mix(a, b, blended.time(), target);
                            departure.patch().accept(target);
                        })));
    }

    private Departure made(
            FrameKind kind, Output output, Held from, Held to, double time, Pairs.@Nullable Batch batch, int index) {
        long nearer = time < 0.5 ? from.buffer : to.buffer;
        long buffer = newBufferLike.applyAsLong(nearer);
        Buffers.stampGenerated(buffer, output.ptsNanos(), output.durationNanos());
        Consumer<VideoFrame> patch = mask == null ? Departure.NO_PATCH : map.read(nearer, mask::patch);
        return new Departure(kind, buffer, output.ptsNanos(), output.durationNanos(), to.arrival, batch, index, patch);
    }

    private void fill(Departure departure) {
        Pairs.Batch batch = departure.batch();
        if (batch == null || departure.isReady()) {
            return;
        }
        if (flushing.getAsBoolean()) {
            throw new Flow.Stop(Flow.FLUSHING);
        }
        map.write(departure.buffer(), target -> {
            batch.fetch(departure.index(), target);
            departure.patch().accept(target);
        });
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
