package dev.midframe.server.stream;

import dev.midframe.pipeline.AppSrc;
import dev.midframe.pipeline.MediaBuffer;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.Sample;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Carries decoded frames from a source's pipeline into the stream's, on the stream's clock, and repeats the last one
 * while there is no source, so that everything after it goes on. The source may be taken away and replaced at any time.
 */
final class FrameFeed implements AutoCloseable {
    private static final Duration PULL = Duration.ofMillis(20);
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long USUAL_DURATION_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
    private static final long NOT_LATE = -1;
    private static final int PAUSE_MILLIS = 5;

    private final MediaPipeline target;
    private final AppSrc appsrc;
    private final RepeatedFrames repeated;
    private final Runnable arrived;
    private final Thread thread;
    // Fair: whoever takes the source away waits for one pull at most.
    private final ReentrantLock lock = new ReentrantLock(true);

    private volatile boolean open = true;
    private @Nullable SourcePipeline source;
    private volatile long offsetNanos = Long.MIN_VALUE;
    private @Nullable MediaBuffer last;
    private long lastPtsNanos = -1;
    private long lateSinceNanos = NOT_LATE;
    private long lagNanos;
    private boolean repeating;

    /**
     * @param target the stream's pipeline, which holds the appsrc
     * @param repeated gets which frames are repeated
     * @param arrived called for every frame of a source
     */
    FrameFeed(MediaPipeline target, AppSrc appsrc, RepeatedFrames repeated, Runnable arrived, String name) {
        this.target = target;
        this.appsrc = appsrc;
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

    /** From a running time of the source to the stream's; -1 before the source's first frame. */
    long streamTime(long runningTimeNanos) {
        long offset = offsetNanos;
        return offset == Long.MIN_VALUE ? -1 : runningTimeNanos + offset;
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        keep(null);
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
            SourcePipeline from = source;
            try (Sample sample = from == null ? null : from.sink().pull(PULL)) {
                if (sample == null) {
                    repeat();
                    return false;
                }
                forward(from, sample);
                return true;
            }
        } finally {
            lock.unlock();
        }
    }

    private void forward(SourcePipeline from, Sample sample) {
        arrived.run();
        if (offsetNanos == Long.MIN_VALUE) {
            offsetNanos = target.runningTime() - from.pipeline().runningTime();
        }
        long running = sample.runningTime();
        long now = target.runningTime();
        long pts = running == MediaBuffer.UNKNOWN_TIME ? now : running + offsetNanos;
        if (pts <= lastPtsNanos) {
            late(pts, now);
            return;
        }
        lateSinceNanos = NOT_LATE;
        appsrc.followCaps(sample);
        MediaBuffer frame = sample.copyBuffer();
        keep(frame);
        lagNanos = Math.max(0, now - pts);
        if (repeating) {
            repeating = false;
            repeated.end(pts);
        }
        push(frame, pts);
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
        MediaBuffer frame = last;
        if (frame == null) {
            return;
        }
        long duration = frame.duration() > 0 ? frame.duration() : USUAL_DURATION_NANOS;
        long due = lastPtsNanos + duration + lagNanos + (repeating ? 0 : GRACE_NANOS);
        if (target.runningTime() >= due) {
            if (!repeating) {
                repeating = true;
                repeated.begin(lastPtsNanos + duration);
            }
            push(frame, lastPtsNanos + duration);
        }
    }

    private void keep(@Nullable MediaBuffer frame) {
        if (last != null) {
            last.close();
        }
        last = frame;
    }

    private void push(MediaBuffer frame, long pts) {
        MediaBuffer pushed = frame.copy();
        pushed.stamp(pts);
        appsrc.push(pushed);
        lastPtsNanos = pts;
    }
}
