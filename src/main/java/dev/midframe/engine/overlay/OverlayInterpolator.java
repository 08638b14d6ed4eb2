package dev.midframe.engine.overlay;

import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.VideoFrame;
import java.util.function.Consumer;

/** An engine whose generated frames show overlays as the real ones do. */
public final class OverlayInterpolator implements FrameInterpolator {

    private static final Consumer<VideoFrame> NOTHING = frame -> {};

    private final FrameInterpolator engine;
    private final OverlayDetector detector;
    private Consumer<VideoFrame> overlay = NOTHING;

    /** @param engine owned from now on */
    public OverlayInterpolator(FrameInterpolator engine) {
        this.engine = engine;
        this.detector = new OverlayDetector(engine.format());
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
        overlay = detector.next(frame) ? detector.overlay().takenFrom(frame) : NOTHING;
        engine.advance(frame);
    }

    @Override
    public GeneratedFrames interpolate(double... times) {
        return new Result(engine.interpolate(times), overlay);
    }

    /** The overlay is not forgotten: a letter that stands there after a gap or a cut is the same letter. */
    @Override
    public void reset() {
        engine.reset();
    }

    @Override
    public void close() {
        engine.close();
    }

    private record Result(GeneratedFrames frames, Consumer<VideoFrame> overlay) implements GeneratedFrames {

        @Override
        public int count() {
            return frames.count();
        }

        @Override
        public void copyTo(int index, VideoFrame target) {
            frames.copyTo(index, target);
            overlay.accept(target);
        }

        @Override
        public void close() {
            frames.close();
        }
    }
}
