package dev.midframe.testkit;

import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.video.Blend;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/** A cheap engine that keeps the contract: the weighted mean of the two frames, in memory of its own. */
public final class AveragingInterpolator implements FrameInterpolator {

    private final EngineRequest request;
    private final int brighter;
    private final Arena arena = Arena.ofShared();
    private final Semaphore slots;
    private final Deque<VideoFrame> free = new ConcurrentLinkedDeque<>();
    private VideoFrame earlier;
    private VideoFrame later;
    private int advanced;
    private boolean closed;

    public AveragingInterpolator(EngineRequest request) {
        this(request, 0);
    }

    private AveragingInterpolator(EngineRequest request, int brighter) {
        this.request = request;
        this.brighter = brighter;
        this.slots = new Semaphore(request.depth());
        this.earlier = VideoFrame.allocate(request.format(), arena);
        this.later = VideoFrame.allocate(request.format(), arena);
    }

    /** Engines that make every sample brighter by some code values; for packed frames of 8 bits. */
    public static InterpolatorFactory brighterBy(int codeValues) {
        return request -> new AveragingInterpolator(request, codeValues);
    }

    @Override
    public FrameFormat format() {
        return request.format();
    }

    @Override
    public String description() {
        return brighter == 0 ? "mean of two frames, " + request.model() : "average <plus " + brighter + ">";
    }

    @Override
    public int depth() {
        return request.depth();
    }

    @Override
    public void advance(VideoFrame frame) {
        VideoFrame oldest = earlier;
        earlier = later;
        later = oldest;
        later.copyFrom(frame);
        advanced++;
    }

    @Override
    public GeneratedFrames interpolate(double... times) {
        if (advanced < 2) {
            throw new IllegalStateException("only " + advanced + " frames");
        }
        slots.acquireUninterruptibly();
        List<VideoFrame> results = new ArrayList<>();
        for (double time : times) {
            VideoFrame used = free.poll();
            VideoFrame result = used == null ? VideoFrame.allocate(format(), arena) : used;
            Blend.mix(earlier, later, time, result);
            brighten(result);
            results.add(result);
        }
        return new Results(results);
    }

    private void brighten(VideoFrame frame) {
        for (VideoFrame.Plane plane : brighter == 0 ? List.<VideoFrame.Plane>of() : frame.planes()) {
            for (long at = 0; at < plane.data().byteSize(); at++) {
                int value = (plane.data().get(ValueLayout.JAVA_BYTE, at) & 0xff) + brighter;
                plane.data().set(ValueLayout.JAVA_BYTE, at, (byte) Math.min(255, value));
            }
        }
    }

    @Override
    public void reset() {
        advanced = 0;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            arena.close();
        }
    }

    private final class Results implements GeneratedFrames {
        private final List<VideoFrame> frames;
        private boolean given;

        private Results(List<VideoFrame> frames) {
            this.frames = frames;
        }

        @Override
        public int count() {
            return frames.size();
        }

        @Override
        public void copyTo(int index, VideoFrame target) {
            target.copyFrom(frames.get(index));
        }

        @Override
        public void close() {
            if (!given) {
                given = true;
                free.addAll(frames);
                slots.release();
            }
        }
    }
}
