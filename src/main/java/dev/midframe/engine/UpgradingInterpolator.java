package dev.midframe.engine;

import dev.midframe.interpolation.ForwardingFrames;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Works with one engine at once, and with a better one as soon as that is ready; the change happens between two frames. For
 * engines that take minutes to build while a stream is already running.
 */
public final class UpgradingInterpolator implements FrameInterpolator {

    private final CompletableFuture<FrameInterpolator> better;
    private final Consumer<String> messages;
    private final Arena arena = Arena.ofShared();
    private final VideoFrame last;
    private final FrameFormat format;
    private final int depth;
    private Used engine;
    private boolean decided;
    private boolean advanced;
    private boolean closed;

    /** An engine that is closed when its last result is, once nobody wants new ones. */
    private static final class Used {
        private final FrameInterpolator engine;
        private final AtomicInteger users = new AtomicInteger(1);

        Used(FrameInterpolator engine) {
            this.engine = engine;
        }

        void release() {
            if (users.decrementAndGet() == 0) {
                engine.close();
            }
        }
    }

    /**
     * @param engine the one to begin with; owned from now on
     * @param better the other one, of the same format; owned from now on, {@link #close} cancels it when it is not
     *     ready, and whoever then completes it in vain has to close it
     * @param messages receives one line when the engines change, or why they do not
     */
    public UpgradingInterpolator(
            FrameInterpolator engine, CompletableFuture<FrameInterpolator> better, Consumer<String> messages) {
        this.engine = new Used(engine);
        this.better = better;
        this.messages = messages;
        this.format = engine.format();
        this.depth = engine.depth();
        this.last = VideoFrame.allocate(format, arena);
    }

    @Override
    public FrameFormat format() {
        return format;
    }

    @Override
    public String description() {
        return engine.engine.description();
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public void advance(VideoFrame frame) {
        if (!decided && better.isDone()) {
            decided = true;
            upgrade();
        }
        engine.engine.advance(frame);
        if (!decided) {
            last.copyFrom(frame);
        }
        advanced = true;
    }

    @Override
    public GeneratedFrames interpolate(double... times) {
        return new Result(engine, engine.engine.interpolate(times));
    }

    @Override
    public void reset() {
        advanced = false;
        engine.engine.reset();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            engine.engine.close();
            if (!decided && !better.cancel(false)) {
                better.thenAccept(FrameInterpolator::close);
            }
            arena.close();
        }
    }

    private void upgrade() {
        FrameInterpolator ready = ready();
        if (ready == null) {
            return;
        }
        if (ready.depth() < depth) {
            messages.accept(ready.description() + " holds fewer pairs in flight: going on with " + description());
            ready.close();
            return;
        }
        if (advanced) {
            ready.advance(last);
        }
        engine.release();
        engine = new Used(ready);
        messages.accept("from now on with " + description());
    }

    private @Nullable FrameInterpolator ready() {
        try {
            return better.join();
        } catch (CompletionException e) {
            messages.accept(
                    "going on with " + description() + ": " + e.getCause().getMessage());
            return null;
        } catch (CancellationException e) {
            return null;
        }
    }

    /** Frames of one of the engines, which lives as long as they do. */
    private static final class Result extends ForwardingFrames {

        private final Used engine;
        private boolean closed;

        Result(Used engine, GeneratedFrames frames) {
            super(frames);
            this.engine = engine;
            engine.users.incrementAndGet();
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                super.close();
                engine.release();
            }
        }
    }
}
