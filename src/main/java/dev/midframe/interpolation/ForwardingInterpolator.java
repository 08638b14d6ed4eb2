package dev.midframe.interpolation;

import dev.midframe.video.FrameFormat;
import dev.midframe.video.VideoFrame;

/** Passes every call on to an engine, for subclasses that change one or two. */
public abstract class ForwardingInterpolator implements FrameInterpolator {

    /** What calls are passed on to. */
    protected final FrameInterpolator engine;

    /** @param engine owned from now on */
    protected ForwardingInterpolator(FrameInterpolator engine) {
        this.engine = engine;
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
        engine.advance(frame);
    }

    @Override
    public GeneratedFrames interpolate(double... times) {
        return engine.interpolate(times);
    }

    @Override
    public void reset() {
        engine.reset();
    }

    @Override
    public void passOver(long frames) {
        engine.passOver(frames);
    }

    @Override
    public void close() {
        engine.close();
    }
}
