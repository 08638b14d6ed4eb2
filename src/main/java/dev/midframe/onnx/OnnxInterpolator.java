package dev.midframe.onnx;

import dev.midframe.film.model.FilmConfig;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.network.FilmGraphs;
import dev.midframe.film.network.FilmPart;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.MotionSize;
import dev.midframe.onnx.lowering.CpuLowering;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.VideoFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * FILM on the CPU. Frames and pairs are computed by worker threads in the order they came, so a task only ever waits for one
 * that a worker took before it. Native memory is kept in slots and used again.
 */
final class OnnxInterpolator implements FrameInterpolator {

    /** Between 640x480 and 960x540. */
    private static final long LARGE_PIXELS = 400_000;

    private final FrameFormat format;
    private final String model;
    private final String numbers;
    private final int depth;
    private final int threads;
    private final OnnxParts parts;
    private final OnnxPart features;
    private final Workers workers;
    private final Runnable whenClosed;
    private final Semaphore inFlight;
    private final Deque<FrameSlot> freeFrames = new ArrayDeque<>();
    private final Deque<PairSlot> freePairs = new ArrayDeque<>();
    private final List<FrameSlot> frameSlots = new ArrayList<>();
    private final List<PairSlot> pairSlots = new ArrayList<>();
    private @Nullable FrameSlot first;
    private @Nullable FrameSlot second;
    private boolean closed;

    OnnxInterpolator(FilmModel model, FrameFormat format, int depth, int threads) {
        this(model, Lowerings.floats(), MotionSize.AUTO, format, depth, threads, () -> {});
    }

    OnnxInterpolator(
            FilmModel model,
            CpuLowering lowering,
            MotionSize motionSize,
            FrameFormat format,
            int depth,
            int threads,
            Runnable whenClosed) {
        this.format = format;
        this.model = model.name();
        this.numbers = lowering.numbers();
        this.depth = depth;
        this.threads = threads;
        this.whenClosed = whenClosed;
        this.inFlight = new Semaphore(depth);
        int side = Math.min(depth, threads);
        this.parts = new OnnxParts(
                new FilmGraphs(model, format, lowering.factory(), reduction(model, motionSize, format)),
                lowering,
                /* of a pool, which its callers share */ threads - side + 1);
        try {
            this.features = parts.get(FilmPart.FEATURES);
            parts.get(FilmPart.PAIR);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
        this.workers = new Workers(side);
    }

    /** Large pictures are too slow at full size; what that would be better by is in docs/results/performance.md. */
    private static int reduction(FilmModel model, MotionSize size, FrameFormat format) {
        boolean large = (long) format.width() * format.height() > LARGE_PIXELS;
        boolean automatic = size == MotionSize.AUTO && large && model.config().output() == FilmConfig.Output.BLEND;
        return FilmGraphs.reduction(model, automatic ? MotionSize.HALF : size);
    }

    @Override
    public FrameFormat format() {
        return format;
    }

    @Override
    public String description() {
        return "ONNX Runtime " + features.version() + " (CPU, " + numbers + ", " + threads
                + (threads == 1 ? " thread), " : " threads), ") + model;
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public synchronized void advance(VideoFrame frame) {
        requireOpen();
        FrameSlot slot = freeFrames.poll();
        if (slot == null) {
            slot = new FrameSlot(features, format);
            frameSlots.add(slot);
        }
        slot.fill(frame);
        drop(first);
        first = second;
        second = slot;
    }

    @Override
    public GeneratedFrames interpolate(double... times) {
        if (times.length == 0 || !Arrays.stream(times).allMatch(time -> time > 0 && time < 1)) {
            throw new IllegalArgumentException("times " + Arrays.toString(times) + " are not all between 0 and 1");
        }
        try {
            inFlight.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterpolationException("interrupted while waiting for an earlier pair", e);
        }
        try {
            return start(times);
        } catch (RuntimeException e) {
            inFlight.release();
            throw e;
        }
    }

    private synchronized GeneratedFrames start(double[] times) {
        requireOpen();
        FrameSlot earlier = first;
        FrameSlot later = second;
        if (earlier == null || later == null) {
            throw new IllegalStateException("a frame between two was asked for before two frames were there");
        }
        PairSlot pair = freePairs.poll();
        if (pair == null) {
            pair = new PairSlot(parts);
            pairSlots.add(pair);
        }
        pair.prepare(times);
        earlier.compute(workers);
        later.compute(workers);
        earlier.addUser();
        later.addUser();
        return new OnnxFrames(this, earlier, later, pair, submit(pair, earlier, later, times.length));
    }

    private List<Future<?>> submit(PairSlot pair, FrameSlot earlier, FrameSlot later, int count) {
        if (count == 1) {
            return List.of(CompletableFuture.runAsync(() -> pair.runPair(earlier, later), workers));
        }
        Future<?> flow = CompletableFuture.runAsync(() -> pair.runFlow(earlier, later), workers);
        List<Future<?>> frames = new ArrayList<>();
        for (int frame = 0; frame < count; frame++) {
            int index = frame;
            frames.add(CompletableFuture.runAsync(
                    () -> {
                        Waiting.await(flow);
                        pair.runFusion(index, earlier, later);
                    },
                    workers));
        }
        return frames;
    }

    /** Copies a finished frame out of its slot. */
    synchronized void copy(PairSlot slot, int index, VideoFrame target) {
        requireOpen();
        target.copyFrom(VideoFrame.packed(format, slot.frame(index)));
    }

    /** Takes a pair's slots back. */
    synchronized void release(FrameSlot earlier, FrameSlot later, PairSlot pair) {
        drop(earlier);
        drop(later);
        freePairs.add(pair);
        inFlight.release();
    }

    @Override
    public synchronized void reset() {
        drop(first);
        drop(second);
        first = null;
        second = null;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        workers.close();
        pairSlots.forEach(PairSlot::close);
        frameSlots.forEach(FrameSlot::close);
        parts.close();
        whenClosed.run();
    }

    private void drop(@Nullable FrameSlot slot) {
        if (slot != null && slot.removeUser()) {
            freeFrames.add(slot);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new InterpolationException("the engine for " + format + " was closed already; open another");
        }
    }
}
