package dev.midframe.element.stream;

import dev.midframe.element.buffers.Buffers;
import dev.midframe.element.buffers.FrameMap;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.video.VideoFrame;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The frames between two real ones on their way through the engine. The streaming thread begins it and may drop any of its
 * frames at any time without waiting; what the engine still writes into stays alive until it has.
 */
final class Pair {

    /** A real frame. */
    record Real(long sequence, long buffer) {}

    /**
     * A frame to be made.
     *
     * @param buffer for its pixels; the streaming thread's, but the pair's once the frame is dropped
     * @param patch puts the masked pixels of the nearer real frame in
     * @param pixels is done when they are there, cancelled when nobody wants them
     */
    record Target(long buffer, Consumer<VideoFrame> patch, CompletableFuture<Void> pixels) {
        Target(long buffer, Consumer<VideoFrame> patch) {
            this(buffer, patch, new CompletableFuture<>());
        }
    }

    /** What all pairs of a stream have in common. */
    record Context(FrameMap map, Buffers buffers, Flushing flushing, Overload overload) {}

    /** Hands the engine the real frames that it does not know yet. */
    @FunctionalInterface
    interface Advance {
        void advance(FrameInterpolator engine, Pair pair);
    }

    private final Real from;
    private final Real to;
    private final double[] times;
    private final List<Target> targets;
    private final Context context;
    private final long begun = System.nanoTime();
    /** Whether the real frames are the engine's thread's to read, or nobody's any more. */
    private final AtomicBoolean claimed = new AtomicBoolean();

    private volatile boolean finished;

    /** Holds references to the real frames until the engine has read them. */
    Pair(Real from, Real to, double[] times, List<Target> targets, Context context) {
        this.from = new Real(from.sequence, context.buffers.ref(from.buffer));
        this.to = new Real(to.sequence, context.buffers.ref(to.buffer));
        this.times = times;
        this.targets = targets;
        this.context = context;
    }

    long from() {
        return from.sequence;
    }

    long to() {
        return to.sequence;
    }

    /** Whether there is nothing to wait for: the pixels are there, cannot be had, or are not wanted any more. */
    boolean isDone(int index) {
        return targets.get(index).pixels.isDone();
    }

    boolean isDropped(int index) {
        return targets.get(index).pixels.isCancelled();
    }

    /** Whether nobody wants some of its frames. */
    boolean isAbandoned() {
        return targets.stream().anyMatch(target -> target.pixels.isCancelled());
    }

    /** Whether the engine has nothing to do with it any more. */
    boolean isFinished() {
        return finished;
    }

    /** Throws what the engine threw, after {@link #isDone}. */
    void requireMade(int index) {
        try {
            targets.get(index).pixels.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }

    /**
     * Drops a frame; with the last one, the real frames are let go unless the engine reads them just now.
     *
     * @return whether the buffer is the pair's from now on, because it may be written into
     */
    boolean drop(int index) {
        boolean dropped = targets.get(index).pixels.cancel(false);
        if (allDropped() && claimed.compareAndSet(false, true)) {
            releaseReal();
        }
        return dropped;
    }

    private boolean allDropped() {
        return targets.stream().allMatch(target -> target.pixels.isCancelled());
    }

    private void releaseReal() {
        context.buffers.unref(from.buffer);
        context.buffers.unref(to.buffer);
    }

    /** Begins it, unless it was dropped before; in the engine's thread. */
    void begin(EngineWorker worker, Advance real) {
        if (!claimed.compareAndSet(false, true)) {
            finish();
            return;
        }
        try {
            FrameInterpolator engine = worker.get();
            real.advance(engine, this);
            GeneratedFrames frames = engine.interpolate(times);
            worker.leave(() -> fetch(frames));
        } catch (Throwable e) {
            fail(e);
            finish();
        } finally {
            releaseReal();
        }
    }

    /** Lends the pixels of both real frames, or of the later one alone; within {@link #begin}. */
    void lend(Consumer<VideoFrame> use, boolean both) {
        if (both) {
            context.map.lend(from.buffer, use);
        }
        context.map.lend(to.buffer, use);
    }

    private void fetch(GeneratedFrames frames) {
        try (frames) {
            for (int i = 0; i < targets.size(); i++) {
                fetch(frames, i, targets.get(i));
            }
        } catch (Throwable e) {
            fail(e);
        } finally {
            context.overload.pairEnded(begun);
            finish();
        }
    }

    private void fetch(GeneratedFrames frames, int index, Target target) {
        if (!target.pixels.isCancelled()) {
            context.map.write(target.buffer, pixels -> {
                frames.copyTo(index, pixels);
                target.patch.accept(pixels);
            });
            target.pixels.complete(null);
            context.flushing.wake();
        }
    }

    private void fail(Throwable reason) {
        targets.forEach(target -> target.pixels.completeExceptionally(reason));
    }

    private void finish() {
        targets.stream()
                .filter(target -> target.pixels.isCancelled())
                .forEach(target -> context.buffers.unref(target.buffer));
        finished = true;
        context.flushing.wake();
    }
}
