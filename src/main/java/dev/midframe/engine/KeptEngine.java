package dev.midframe.engine;

import dev.midframe.interpolation.ForwardingFrames;
import dev.midframe.interpolation.ForwardingInterpolator;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.video.VideoFrame;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An engine that is given back instead of being closed, unless it has failed. */
final class KeptEngine extends ForwardingInterpolator {

    private final BooleanSupplier complete;
    private final Consumer<FrameInterpolator> giveBack;
    private volatile boolean failed;
    private boolean closed;

    /**
     * @param complete whether the engine is as good as it will get
     * @param giveBack takes it over
     */
    KeptEngine(FrameInterpolator engine, BooleanSupplier complete, Consumer<FrameInterpolator> giveBack) {
        super(engine);
        this.complete = complete;
        this.giveBack = giveBack;
    }

    @Override
    public void advance(VideoFrame frame) {
        watched(() -> {
            super.advance(frame);
            return frame;
        });
    }

    @Override
    public GeneratedFrames interpolate(double... times) {
        return watched(() -> new Watched(super.interpolate(times)));
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (failed || !complete.getAsBoolean()) {
            super.close();
        } else {
            reset();
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

    private final class Watched extends ForwardingFrames {

        Watched(GeneratedFrames frames) {
            super(frames);
        }

        @Override
        public void copyTo(int index, VideoFrame target) {
            watched(() -> {
                super.copyTo(index, target);
                return target;
            });
        }
    }
}
