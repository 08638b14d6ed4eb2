package dev.midframe.quality;

import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.VideoFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** An engine whose answer is known: the average of two packed frames, every sample brighter by a constant. */
public final class AveragingInterpolator implements FrameInterpolator {

    private final FrameFormat format;
    private final int brighter;
    private final Deque<byte[]> frames = new ArrayDeque<>();

    private AveragingInterpolator(FrameFormat format, int brighter) {
        this.format = format;
        this.brighter = brighter;
    }

    public static InterpolatorFactory brighterBy(int codeValues) {
        return (EngineRequest request) -> new AveragingInterpolator(request.format(), codeValues);
    }

    @Override
    public FrameFormat format() {
        return format;
    }

    @Override
    public String description() {
        return "average <plus " + brighter + ">";
    }

    @Override
    public int depth() {
        return 1;
    }

    @Override
    public void advance(VideoFrame frame) {
        byte[] bytes = new byte[(int) format.packedBytes()];
        Pictures.frame(format, bytes).copyFrom(frame);
        frames.addLast(bytes);
        if (frames.size() > 2) {
            frames.removeFirst();
        }
    }

    @Override
    public GeneratedFrames interpolate(double... times) {
        if (frames.size() < 2) {
            throw new IllegalStateException(frames.size() + " frames");
        }
        List<VideoFrame> made = new ArrayList<>();
        for (double time : times) {
            made.add(average(time));
        }
        return new GeneratedFrames() {
            @Override
            public int count() {
                return made.size();
            }

            @Override
            public void copyTo(int index, VideoFrame target) {
                target.copyFrom(made.get(index));
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void reset() {
        frames.clear();
    }

    @Override
    public void close() {}

    private VideoFrame average(double time) {
        byte[] first = frames.getFirst();
        byte[] second = frames.getLast();
        byte[] made = new byte[first.length];
        for (int i = 0; i < made.length; i++) {
            int from = first[i] & 0xff;
            double value = from + time * ((second[i] & 0xff) - from);
            made[i] = (byte) Math.min(255, (int) Math.floor(value + 0.5) + brighter);
        }
        return Pictures.frame(format, made);
    }
}
