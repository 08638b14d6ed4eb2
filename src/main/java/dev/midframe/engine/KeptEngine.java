package dev.midframe.engine;

import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.VideoFrame;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An engine that is given back instead of being closed, unless it has failed. */
final class KeptEngine implements FrameInterpolator {

    private final FrameInterpolator engine;
    private final BooleanSupplier complete;
    private final Consumer<FrameInterpolator> giveBack;
    private volatile boolean failed;
    private boolean closed;

    /**
     * @param complete whether the engine is as good as it will get
     * @param giveBack takes it over
     */
    KeptEngine(FrameInterpolator engine, BooleanSupplier complete, Consumer<FrameInterpolator> giveBack) {
        this.engine = engine;
        this.complete = complete;
        this.giveBack = giveBack;
    }

    @Override
    public FrameFormat format() {
        return engine.format();
    }

    @Override
    public String description() {
        return engine.description();
    }

    @Override
    public int depth() {
        return engine.depth();
    }

    @Override
    public void advance(VideoFrame frame) {
        watched(() -> {
            engine.advance(frame);
            return frame;
        });
    }

    @Override
    public GeneratedFrames interpolate(double... times) {
        return new Watched(watched(() -> engine.interpolate(times)));
    }

    @Override
    public void reset() {
        engine.reset();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (failed || !complete.getAsBoolean()) {
            engine.close();
        } else {
            engine.reset();
            giveBack.accept(engine);
        }
    }

    private <T> T watched(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            failed = true;
            throw e;
        }
    }

    private final class Watched implements GeneratedFrames {

        private final GeneratedFrames frames;

        Watched(GeneratedFrames frames) {
            this.frames = frames;
        }

        @Override
        public int count() {
            return frames.count();
        }

        @Override
        public void copyTo(int index, VideoFrame target) {
            watched(() -> {
                frames.copyTo(index, target);
                return target;
            });
        }

        @Override
        public void close() {
            frames.close();
        }
    }
}
