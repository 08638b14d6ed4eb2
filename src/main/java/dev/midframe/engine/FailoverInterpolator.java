package dev.midframe.engine;

import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Works with one engine until it fails, and with another from then on, so that a stream survives a lost device. Frames that
 * the failed engine still owed become repeats of the real frame before them.
 */
public final class FailoverInterpolator implements FrameInterpolator {

    private final Supplier<FrameInterpolator> replacement;
    private final Consumer<InterpolationException> failures;
    private final Arena arena = Arena.ofShared();
    private final Deque<Kept> free = new ArrayDeque<>();
    private final FrameFormat format;
    private final int depth;
    private FrameInterpolator engine;
    private boolean replaced;
    private volatile boolean closed;
    private @Nullable Kept first;
    private @Nullable Kept second;

    /** A copy of a real frame, for as long as a pair may have to repeat it. */
    private static final class Kept {
        private final VideoFrame frame;
        private int users = 1;

        Kept(VideoFrame frame) {
            this.frame = frame;
        }
    }

    /**
     * @param engine the one to begin with; owned from now on
     * @param replacement opens the other one, with the same depth, when it is needed
     * @param failures receives the first one's failure when that happens
     */
    public FailoverInterpolator(
            FrameInterpolator engine,
            Supplier<FrameInterpolator> replacement,
            Consumer<InterpolationException> failures) {
        this.engine = engine;
        this.replacement = replacement;
        this.failures = failures;
        this.format = engine.format();
        this.depth = engine.depth();
    }

    @Override
    public FrameFormat format() {
        return format;
    }

    @Override
    public synchronized String description() {
        return engine.description();
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public synchronized void advance(VideoFrame frame) {
        release(first);
        first = second;
        second = keep(frame);
        try {
            engine.advance(frame);
        } catch (InterpolationException e) {
            replace(e);
        }
    }

    @Override
    public GeneratedFrames interpolate(double... times) {
        FrameInterpolator current = current();
        try {
            return result(current.interpolate(times), times.length);
        } catch (InterpolationException e) {
            replace(e);
            return result(current().interpolate(times), times.length);
        }
    }

    @Override
    public synchronized void reset() {
        release(first);
        release(second);
        first = null;
        second = null;
        engine.reset();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            engine.close();
            arena.close();
        }
    }

    private synchronized FrameInterpolator current() {
        return engine;
    }

    private Kept keep(VideoFrame frame) {
        Kept kept = free.poll();
        if (kept == null) {
            kept = new Kept(VideoFrame.allocate(format, arena));
        }
        kept.users = 1;
        kept.frame.copyFrom(frame);
        return kept;
    }

    private synchronized void release(@Nullable Kept kept) {
        if (kept != null && --kept.users == 0) {
            free.push(kept);
        }
    }

    /** Changes engines once and shows the new one the frames that the old one had seen. */
    private synchronized void replace(InterpolationException failure) {
        if (replaced) {
            throw failure;
        }
        FrameInterpolator other = replacement.get();
        failures.accept(failure);
        engine.close();
        engine = other;
        replaced = true;
        for (Kept kept : new Kept[] {first, second}) {
            if (kept != null) {
                engine.advance(kept.frame);
            }
        }
    }

    private synchronized GeneratedFrames result(GeneratedFrames frames, int count) {
        Kept repeated = Objects.requireNonNull(first, "two frames came before");
        repeated.users++;
        return new Result(frames, count, repeated, replaced);
    }

    private final class Result implements GeneratedFrames {

        private final GeneratedFrames frames;
        private final int count;
        private final Kept before;
        private final boolean ofReplacement;
        private boolean owed;
        private boolean returned;

        Result(GeneratedFrames frames, int count, Kept before, boolean ofReplacement) {
            this.frames = frames;
            this.count = count;
            this.before = before;
            this.ofReplacement = ofReplacement;
        }

        @Override
        public int count() {
            return count;
        }

        @Override
        public void copyTo(int index, VideoFrame target) {
            if (!owed) {
                try {
                    frames.copyTo(index, target);
                    return;
                } catch (InterpolationException | IllegalStateException e) {
                    if (ofReplacement || closed || returned) {
                        throw e;
                    }
                    owed = true;
                }
            }
            target.copyFrom(before.frame);
        }

        @Override
        public void close() {
            frames.close();
            synchronized (FailoverInterpolator.this) {
                if (!returned) {
                    returned = true;
                    release(before);
                }
            }
        }
    }
}
