package dev.midframe.engine.overlay;

import dev.midframe.interpolation.ForwardingFrames;
import dev.midframe.interpolation.ForwardingInterpolator;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.video.VideoFrame;
import java.util.function.Consumer;

/**
 * An engine whose generated frames show overlays as the real ones do. {@link #reset} forgets no overlay: a letter that stands there
 * after a gap or a cut is the same letter.
 */
public final class OverlayInterpolator extends ForwardingInterpolator {

    private static final Consumer<VideoFrame> NOTHING = frame -> {};

    private final OverlayDetector detector;
    private Consumer<VideoFrame> overlay = NOTHING;

    /** @param engine owned from now on */
    public OverlayInterpolator(FrameInterpolator engine) {
        super(engine);
        this.detector = new OverlayDetector(engine.format());
    }

    @Override
    public void advance(VideoFrame frame) {
        overlay = detector.next(frame) ? detector.overlay().takenFrom(frame) : NOTHING;
        super.advance(frame);
    }

    @Override
    public GeneratedFrames interpolate(double... times) {
        return new Result(super.interpolate(times), overlay);
    }

    @Override
    public void passOver(long frames) {
        detector.passOver(frames);
        super.passOver(frames);
    }

    private static final class Result extends ForwardingFrames {

        private final Consumer<VideoFrame> overlay;

        Result(GeneratedFrames frames, Consumer<VideoFrame> overlay) {
            super(frames);
            this.overlay = overlay;
        }

        @Override
        public void copyTo(int index, VideoFrame target) {
            super.copyTo(index, target);
            overlay.accept(target);
        }
    }
}
