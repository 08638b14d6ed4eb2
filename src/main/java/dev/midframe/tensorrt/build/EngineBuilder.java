package dev.midframe.tensorrt.build;

import dev.midframe.interpolation.BuildListener;
import dev.midframe.tensorrt.TensorRt;
import dev.midframe.tensorrt.TensorRtException;
import dev.midframe.tensorrt.cuda.Cuda;
import dev.midframe.tensorrt.cuda.Gpu;
import dev.midframe.tensorrt.cuda.GpuMemoryException;
import dev.midframe.tensorrt.run.Engine;
import dev.midframe.tensorrt.run.Runtime;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has TensorRT build engines on the current device, or takes them from the cache. */
public final class EngineBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(EngineBuilder.class);
    private static final long RETRY_MILLIS = 50;

    private final TensorRt tensorRt;
    private final Cuda cuda;
    private final EngineCache cache;
    private final BuildSettings settings;
    private final BuildListener listener;
    private final List<EngineKey> keys = new ArrayList<>();
    private boolean built;
    private boolean reported;

    public EngineBuilder(
            TensorRt tensorRt, Cuda cuda, EngineCache cache, BuildSettings settings, BuildListener listener) {
        this.tensorRt = tensorRt;
        this.cuda = cuda;
        this.cache = cache;
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * An engine. One that was kept and that TensorRT does not take is built again.
     *
     * @param runtime makes it of its serialized form
     * @param from fraction of all building that is done before this one
     * @param to fraction that is done after it
     * @throws TensorRtException when TensorRT cannot build or load it, or the listener has cancelled
     * @see #finish
     */
    public Engine engine(Runtime runtime, NetworkSource source, Gpu gpu, double from, double to) {
        String what = source.what();
        EngineKey key = EngineKey.of(source, gpu, cuda, tensorRt, settings);
        keys.add(key);
        var builtNow = new AtomicBoolean();
        EngineCache.Maker maker = arena -> {
            tensorRt.checkBuilder(gpu);
            built = true;
            builtNow.set(true);
            waitForOtherBuilds();
            try {
                return build(source, key, fraction -> report(what, from + fraction * (to - from)), arena);
            } finally {
                tensorRt.building().unlock();
            }
        };
        try (Arena arena = Arena.ofShared()) {
            MemorySegment plan = cache.get(key.text(), EngineCache.ENGINE, arena, listener::cancelled, maker);
            if (builtNow.get()) {
                cache.built(key.text(), what);
            }
            try {
                return runtime.deserialize(plan);
            } catch (GpuMemoryException e) {
                throw e;
            } catch (TensorRtException e) {
                if (builtNow.get()) {
                    throw e;
                }
                LOG.warn("the kept engine is of no use, {} is built again: {}", what, e.getMessage());
                return runtime.deserialize(
                        cache.renew(key.text(), EngineCache.ENGINE, plan, arena, listener::cancelled, maker));
            }
        } catch (TensorRtException e) {
            if (listener.cancelled()) {
                throw new TensorRtException(what + " was not built to its end, because nobody waits for it", e);
            }
            throw e;
        }
    }

    /** On all engines that this one has given. */
    public Verdict verdict() {
        return new Verdict(cache, List.copyOf(keys), built);
    }

    private void waitForOtherBuilds() {
        try {
            while (!tensorRt.building().tryLock(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                if (listener.cancelled()) {
                    throw new TensorRtException("another engine is being built, and nobody waits for its end");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TensorRtException("interrupted while another engine is being built", e);
        }
    }

    /** Nothing more is built. */
    public void finish(String what) {
        if (reported) {
            report(what, 1);
        }
    }

    private void report(String what, double fraction) {
        reported = true;
        try {
            listener.progress(what, fraction);
        } catch (RuntimeException e) {
            // Who listens must not be able to end a build by accident.
            LOG.debug("the progress of the build cannot be reported", e);
        }
    }

    private MemorySegment build(NetworkSource source, EngineKey key, DoubleConsumer progress, Arena arena) {
        String what = source.what();
        LOG.info("building {}; this is done once for this GPU", what);
        long start = System.nanoTime();
        progress.accept(0);
        try (Arena temporary = Arena.ofShared();
                Builder builder = tensorRt.createBuilder();
                NetworkDefinition network = builder.createNetwork();
                OnnxParser parser = tensorRt.createParser(network);
                BuilderConfig config = builder.createConfig();
                TimingCache timing = timingCache(config, key, temporary)) {
            parser.parse(source.onnx());
            network.channelsLast(source.channelsLast(), settings.precision());
            config.workspace(settings.workspaceBytes());
            config.optimizationLevel(settings.optimizationLevel());
            config.withoutTf32();
            config.layerDetails();
            config.progressMonitor(
                    new BuildProgress(progress, listener::cancelled).monitor(tensorRt.slots(), temporary));
            try (HostMemory plan = build(builder, network, config, timing, key)) {
                progress.accept(1);
                LOG.info(
                        "{} is built: {} layers in, {} MiB, {} s",
                        what,
                        network.layers(),
                        plan.bytes().byteSize() >> 20,
                        String.format(Locale.ROOT, "%.1f", (System.nanoTime() - start) / 1e9));
                return arena.allocate(plan.bytes().byteSize(), 64).copyFrom(plan.bytes());
            }
        }
    }

    /** Builds, and keeps what was measured also when the build ends early: the next one goes on from there. */
    private HostMemory build(
            Builder builder, NetworkDefinition network, BuilderConfig config, TimingCache timing, EngineKey key) {
        try {
            return builder.build(network, config);
        } finally {
            keep(timing, key);
        }
    }

    private TimingCache timingCache(BuilderConfig config, EngineKey key, Arena arena) {
        MemorySegment kept = cache.find(key.timingText(), EngineCache.TIMING, arena);
        try {
            return config.useTimingCache(kept);
        } catch (TensorRtException e) {
            LOG.warn("the timing cache is not used: {}", e.getMessage());
            return config.useTimingCache(MemorySegment.NULL);
        }
    }

    private void keep(TimingCache timing, EngineKey key) {
        try (HostMemory data = timing.serialize()) {
            cache.put(key.timingText(), EngineCache.TIMING, data.bytes());
        } catch (TensorRtException e) {
            LOG.warn("the timing cache is not kept: {}", e.getMessage());
        }
    }
}
