package dev.midframe.interpolation;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Works with one engine until it fails, and with another from then on, so that a stream survives a lost device. Frames that
 * the failed engine still owed become repeats of the real frame before them.
 */
public final class FailoverInterpolator implements FrameInterpolator {

    private final Supplier<FrameInterpolator> replacement;
    private final Consumer<String> told;
    private final Arena arena = Arena.ofShared();
    private final List<VideoFrame> kept = new ArrayList<>();
    private final FrameFormat format;
    private final int depth;
    private FrameInterpolator engine;
    private boolean replaced;
    private volatile boolean closed;
    private int frames;
    private long advanced;

    /**
     * @param engine the one to begin with; owned from now on
     * @param replacement opens the other one, with the same depth, when it is needed
     * @param told is told why, in one line, when that happens
     */
    public FailoverInterpolator(
            FrameInterpolator engine, Supplier<FrameInterpolator> replacement, Consumer<String> told) {
        this.engine = engine;
        this.replacement = replacement;
        this.told = told;
        this.format = engine.format();
        this.depth = engine.depth();
        for (int frame = 0; frame < depth + 2; frame++) {
            kept.add(VideoFrame.allocate(format, arena));
        }
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
        keptAt(advanced).copyFrom(frame);
        advanced++;
        frames = Math.min(2, frames + 1);
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
            return new Result(current.interpolate(times), times.length, advanced - 2);
        } catch (InterpolationException e) {
            replace(e);
            return new Result(current().interpolate(times), times.length, advanced - 2);
        }
    }

    @Override
    public synchronized void reset() {
        frames = 0;
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

    private VideoFrame keptAt(long number) {
        return kept.get((int) (number % kept.size()));
    }

    /** Changes engines once and shows the new one the frames that the old one had seen. */
    private synchronized void replace(InterpolationException failure) {
        if (replaced) {
            throw failure;
        }
        told.accept(failure.getMessage());
        engine.close();
        engine = replacement.get();
        replaced = true;
        for (long number = advanced - frames; number < advanced; number++) {
            engine.advance(keptAt(number));
        }
    }

    private final class Result implements GeneratedFrames {

        private final GeneratedFrames result;
        private final int count;
        private final long first;
        private final boolean ofReplacement = replaced;
        private @Nullable VideoFrame repeat;

        Result(GeneratedFrames result, int count, long first) {
            this.result = result;
            this.count = count;
            this.first = first;
        }

        @Override
        public int count() {
            return count;
        }

        @Override
        public void copyTo(int index, VideoFrame target) {
            if (repeat == null) {
                try {
                    result.copyTo(index, target);
                    return;
                } catch (InterpolationException | IllegalStateException e) {
                    if (ofReplacement || closed) {
                        throw e;
                    }
                    repeat = keptAt(first);
                }
            }
            target.copyFrom(repeat);
        }

        @Override
        public void close() {
            result.close();
        }
    }
}
