package dev.midframe.onnx;

import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.support.Uninterruptibly;
import dev.midframe.video.VideoFrame;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** The frames of one pair in ONNX Runtime's hands. */
final class OnnxFrames implements GeneratedFrames {

    private final OnnxInterpolator owner;
    private final FrameSlot first;
    private final FrameSlot second;
    private final PairSlot slot;
    private final List<Future<?>> frames;
    private final AtomicBoolean closed = new AtomicBoolean();

    OnnxFrames(OnnxInterpolator owner, FrameSlot first, FrameSlot second, PairSlot slot, List<Future<?>> frames) {
        this.owner = owner;
        this.first = first;
        this.second = second;
        this.slot = slot;
        this.frames = frames;
    }

    @Override
    public int count() {
        return frames.size();
    }

    @Override
    public void copyTo(int index, VideoFrame target) {
        if (closed.get()) {
            throw new IllegalStateException("these frames were closed already");
        }
        Waiting.await(frames.get(index));
        owner.copy(slot, index, target);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            frames.forEach(Uninterruptibly::await);
            owner.release(first, second, slot);
        }
    }
}
