package dev.midframe.engine;

import dev.midframe.interpolation.BuildListener;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.support.DaemonThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps engines that are closed for some time, for a stream that is started again: it goes on with the engine that it had.
 * Any thread may call any method.
 */
public final class KeptEngines implements InterpolatorFactory, AutoCloseable {

    private record Idle(EngineRequest request, FrameInterpolator engine) {}

    private final InterpolatorFactory engines;
    private final Duration time;
    private final List<Idle> idle = new ArrayList<>();
    private final ScheduledExecutorService closer =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("midframe-kept-engines"));
    private boolean closed;

    /**
     * @param engines opens what is not there
     * @param time an engine that nobody wants any more is kept
     */
    public KeptEngines(InterpolatorFactory engines, Duration time) {
        this.engines = engines;
        this.time = time;
    }

    @Override
    public FrameInterpolator open(EngineRequest request) {
        return open(request, BuildListener.SILENT);
    }

    @Override
    public FrameInterpolator open(EngineRequest request, BuildListener listener) {
        FrameInterpolator kept = take(request);
        if (kept != null) {
            return new KeptEngine(kept, () -> true, engine -> keep(request, engine));
        }
        BuildWatch build = new BuildWatch(listener);
        // Whoever closes an engine gives up what is built for it: it would never get better.
        return new KeptEngine(engines.open(request, build), build::isDone, engine -> keep(request, engine));
    }

    private synchronized @Nullable FrameInterpolator take(EngineRequest request) {
        for (Idle candidate : idle) {
            if (candidate.request.equals(request)) {
                idle.remove(candidate);
                return candidate.engine;
            }
        }
        return null;
    }

    private synchronized void keep(EngineRequest request, FrameInterpolator engine) {
        if (closed) {
            engine.close();
            return;
        }
        Idle kept = new Idle(request, engine);
        idle.add(kept);
        closer.schedule(() -> closeUnlessTaken(kept), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void closeUnlessTaken(Idle kept) {
        synchronized (this) {
            // The same one and not an equal one: it may have been taken and given back meanwhile.
            if (!idle.removeIf(candidate -> candidate == kept)) {
                return;
            }
        }
        kept.engine.close();
    }

    /** Closes what nobody uses; what is in use is closed when it is not wanted any more. */
    @Override
    public void close() {
        List<Idle> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(idle);
            idle.clear();
        }
        closer.shutdownNow();
        left.forEach(kept -> kept.engine.close());
    }

    /** Whether something is still being built. */
    private static final class BuildWatch implements BuildListener {

        private final BuildListener listener;
        private volatile boolean building;

        BuildWatch(BuildListener listener) {
            this.listener = listener;
        }

        boolean isDone() {
            return !building;
        }

        @Override
        public void progress(String what, double fraction) {
            building = fraction < 1;
            listener.progress(what, fraction);
        }

        @Override
        public boolean cancelled() {
            return listener.cancelled();
        }
    }
}
