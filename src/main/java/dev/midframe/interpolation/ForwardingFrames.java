package dev.midframe.interpolation;

import dev.midframe.video.VideoFrame;

/** Passes every call on to an engine's result, for subclasses that change one or two. */
public abstract class ForwardingFrames implements GeneratedFrames {

    private final GeneratedFrames frames;

    /** @param frames owned from now on */
    protected ForwardingFrames(GeneratedFrames frames) {
        this.frames = frames;
    }

    @Override
    public int count() {
        return frames.count();
    }

    @Override
    public void copyTo(int index, VideoFrame target) {
        frames.copyTo(index, target);
    }

    @Override
    public void close() {
        frames.close();
    }
}
