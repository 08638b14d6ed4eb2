package dev.midframe.server.stream;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.freedesktop.gstreamer.Pipeline;
import org.freedesktop.gstreamer.elements.AppSrc;
import org.jspecify.annotations.Nullable;

/**
 * Carries decoded frames from a source's pipeline into the stream's, on the stream's clock, and repeats the last one
 * while there is no source, so that everything after it goes on. The source may be taken away and replaced at any time.
 */
final class FrameFeed implements AutoCloseable {
    private static final long PULL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long USUAL_DURATION_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
    private static final long NOT_LATE = -1;
    private static final int PAUSE_MILLIS = 5;

    private final NativeFrames frames = new NativeFrames();
    private final Pipeline target;
    private final long appsrc;
    private final RepeatedFrames repeated;
    private final Runnable arrived;
    private final Thread thread;
    // Fair: whoever takes the source away waits for one pull at most.
    private final ReentrantLock lock = new ReentrantLock(true);

    private volatile boolean open = true;
    private @Nullable SourcePipeline source;
    private long offsetNanos = Long.MIN_VALUE;
    private long last = NativeFrames.NONE;
    private long lastPtsNanos = -1;
    private long lateSinceNanos = NOT_LATE;
    private long lagNanos;
    private boolean repeating;

    /**
     * @param target the stream's pipeline, which holds the appsrc
     * @param repeated is told which frames are repeated
     * @param arrived called for every frame of a source
     */
    FrameFeed(Pipeline target, AppSrc appsrc, RepeatedFrames repeated, Runnable arrived, String name) {
        this.target = target;
        this.appsrc = NativeFrames.address(appsrc);
        this.repeated = repeated;
        this.arrived = arrived;
        this.thread = Thread.ofPlatform().daemon().name("frames-" + name).start(this::run);
    }

    /** Frames come from here from now on; null takes the source away. Afterwards the one before is not used any more. */
    void use(@Nullable SourcePipeline next) {
        lock.lock();
        try {
            source = next;
            offsetNanos = Long.MIN_VALUE;
            lateSinceNanos = NOT_LATE;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (last != NativeFrames.NONE) {
            frames.free(last);
            last = NativeFrames.NONE;
        }
    }

    private void run() {
        try {
            while (open) {
                if (!step()) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean step() {
        lock.lock();
        try {
            long sample =
                    source == null ? NativeFrames.NONE : frames.pull(NativeFrames.address(source.sink()), PULL_NANOS);
            if (sample == NativeFrames.NONE) {
                repeat();
                return false;
            }
            forward(source, sample);
            frames.free(sample);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void forward(SourcePipeline from, long sample) {
        arrived.run();
        if (offsetNanos == Long.MIN_VALUE) {
            offsetNanos = runningTime(target) - runningTime(from.gstreamer());
        }
        long running = frames.runningTime(sample);
        long now = runningTime(target);
        long pts = running == NativeFrames.UNKNOWN_TIME ? now : running + offsetNanos;
        if (pts <= lastPtsNanos) {
            late(pts, now);
            return;
        }
        lateSinceNanos = NOT_LATE;
        frames.followCaps(appsrc, sample);
        keep(frames.frameOf(sample));
        lagNanos = Math.max(0, now - pts);
        if (repeating) {
            repeating = false;
            repeated.end(pts);
        }
        pushLast(pts);
    }

    /**
     * A frame for whose time another was repeated is left out. Where frames go on being late, and not just a burst behind a
     * pause, the source's delay has grown, and its frames move to later times instead of being left out for ever.
     */
    private void late(long pts, long now) {
        if (lateSinceNanos == NOT_LATE) {
            lateSinceNanos = now;
        } else if (now - lateSinceNanos > GRACE_NANOS) {
            offsetNanos += lastPtsNanos - pts + USUAL_DURATION_NANOS;
            lateSinceNanos = NOT_LATE;
        }
    }

    private void repeat() {
        if (last == NativeFrames.NONE) {
            return;
        }
        long duration = frames.duration(last) > 0 ? frames.duration(last) : USUAL_DURATION_NANOS;
        long due = lastPtsNanos + duration + lagNanos + (repeating ? 0 : GRACE_NANOS);
        if (runningTime(target) >= due) {
            if (!repeating) {
                repeating = true;
                repeated.begin(lastPtsNanos + duration);
            }
            pushLast(lastPtsNanos + duration);
        }
    }

    private void keep(long frame) {
        if (last != NativeFrames.NONE) {
            frames.free(last);
        }
        last = frame;
    }

    private void pushLast(long pts) {
        long pushed = frames.copyOf(last);
        frames.stamp(pushed, pts);
        frames.push(appsrc, pushed);
        lastPtsNanos = pts;
    }

    private static long runningTime(Pipeline pipeline) {
        return pipeline.getClock().getTime() - pipeline.getBaseTime();
    }
}
