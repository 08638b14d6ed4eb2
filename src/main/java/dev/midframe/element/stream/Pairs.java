package dev.midframe.element.stream;

import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.video.VideoFrame;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The pairs that the engine works on, at most {@code depth} at once. */
final class Pairs {

    private static final long NONE = -1;

    private final @Nullable OpeningEngine opening;
    private int depth;
    private final Results results;
    private final Flushing flushing;
    private final Deque<Batch> inFlight = new ArrayDeque<>();
    /** Pairs that nobody wants any more, but that still have their place in the engine. */
    private final AtomicInteger abandoned = new AtomicInteger();

    /** Not asked for before the first pair, so that real frames need not wait for it. */
    private @Nullable FrameInterpolator engine;

    private long earlier = NONE;
    private long later = NONE;

    /**
     * @param opening null where nothing is ever generated
     * @param depth where the engine has less, its depth counts
     */
    Pairs(@Nullable OpeningEngine opening, int depth, Results results, Flushing flushing) {
        this.opening = opening;
        this.depth = depth;
        this.results = results;
        this.flushing = flushing;
    }

    /** Lends the pixels of a real frame. */
    @FunctionalInterface
    interface Pixels {
        void lend(long sequence, Consumer<VideoFrame> use);
    }

    /** The frames of one pair, of which each is fetched once. */
    final class Batch {
        private final GeneratedFrames frames;
        private final boolean[] fetched;
        private int missing;

        private Batch(GeneratedFrames frames) {
            this.frames = frames;
            this.fetched = new boolean[frames.count()];
            this.missing = fetched.length;
        }

        boolean isFetched(int index) {
            return fetched[index];
        }

        /** Waits for a frame and copies its pixels, on any thread. */
        void copy(int index, VideoFrame target) {
            frames.copyTo(index, target);
        }

        /** A frame has its pixels; after the last one the engine's slot is free again. */
        void fetched(int index) {
            fetched[index] = true;
            if (--missing == 0) {
                frames.close();
                inFlight.remove(this);
            }
        }
    }

    /** Whether no other pair can be started before the engine is open or one of those in flight has gone. */
    boolean areFull() {
        return opening != null && !opening.isDone() || inFlight.size() + abandoned.get() >= depth;
    }

    /** The pair that was started first of those in flight; null when there is none that is wanted. */
    @Nullable
    Batch oldest() {
        return inFlight.peekFirst();
    }

    /**
     * Waits until the engine is open and abandoned pairs have left a slot for another.
     *
     * @throws Flow.Stop when a flush begins before
     */
    void awaitRoom() {
        flushing.await(() -> !areFull());
    }

    /** Starts the frames between two real ones. What the engine knows already of the first is used again. */
    Batch start(long from, long to, double[] times, Pixels pixels) {
        FrameInterpolator engine = engine();
        if (earlier != from || later != to) {
            if (later != from) {
                engine.reset();
                pixels.lend(from, engine::advance);
            }
            pixels.lend(to, engine::advance);
            earlier = from;
            later = to;
        }
        Batch batch = new Batch(engine.interpolate(times));
        inFlight.addLast(batch);
        return batch;
    }

    private FrameInterpolator engine() {
        if (engine == null) {
            engine = Objects.requireNonNull(opening, "an engine").get();
            depth = Math.min(depth, engine.depth());
        }
        return engine;
    }

    /** Gives up what is in flight, without waiting for it, and forgets the frames. */
    void reset() {
        abandoned.addAndGet(inFlight.size());
        inFlight.forEach(batch -> results.later(() -> abandon(batch)));
        inFlight.clear();
        earlier = NONE;
        later = NONE;
        if (engine != null) {
            engine.reset();
        }
    }

    private void abandon(Batch batch) {
        try {
            batch.frames.close();
        } finally {
            abandoned.decrementAndGet();
            flushing.wake();
        }
    }
}
