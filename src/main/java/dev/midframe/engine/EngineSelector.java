package dev.midframe.engine;

import dev.midframe.engine.check.CheckedGpu;
import dev.midframe.engine.overlay.OverlayInterpolator;
import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.BuildListener;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.onnx.OnnxInterpolatorFactory;
import dev.midframe.tensorrt.GpuLostException;
import dev.midframe.tensorrt.TensorRtAvailability;
import dev.midframe.tensorrt.TensorRtInterpolatorFactory;
import dev.midframe.tensorrt.build.BuildSettings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Chooses the engine: what was asked for, or with {@code backend=auto} the best that this machine has. */
public final class EngineSelector implements InterpolatorFactory {

    /** An environment variable: {@code off} has all frames made by the same operators, so that two runs give the same bits. */
    private static final String QUICK_START = "MIDFRAME_CPU_QUICK_START";

    private static final Logger log = LoggerFactory.getLogger(EngineSelector.class);

    /** Engines that were built before open within this time; others are built while the CPU works. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final IntFunction<TensorRtAvailability> available;
    private final InterpolatorFactory cpu;
    private final InterpolatorFactory gpu;
    private final EngineListener everyEngine;
    private final Duration longestWait;

    /**
     * The engines of this program; none is loaded before it is needed.
     *
     * @throws InterpolationException when an environment variable has a value that cannot be used
     */
    public EngineSelector(FilmModels models) {
        this(models, EngineListener.SILENT);
    }

    /** @param everyEngine gets what becomes of every engine on a GPU; of its build's progress, beside who asked for it */
    public EngineSelector(FilmModels models, EngineListener everyEngine) {
        this(models, quickStart(models), everyEngine);
    }

    /** With engines that make the same frames each time, if some seconds later than others. */
    public static EngineSelector deterministic(FilmModels models) {
        return new EngineSelector(models, new OnnxInterpolatorFactory(models), EngineListener.SILENT);
    }

    private static InterpolatorFactory quickStart(FilmModels models) {
        OnnxInterpolatorFactory cpu = new OnnxInterpolatorFactory(models);
        return quickStartWanted(System.getenv(QUICK_START)) ? new QuickStart(cpu) : cpu;
    }

    /** @throws InterpolationException when the environment variable is neither on nor off */
    static boolean quickStartWanted(@Nullable String setting) {
        return switch (setting) {
            case null -> true;
            case "on" -> true;
            case "off" -> false;
            default -> throw new InterpolationException(QUICK_START + " is " + setting + "; it can be on or off");
        };
    }

    /** @param cpu opens FILM on the CPU */
    public EngineSelector(FilmModels models, InterpolatorFactory cpu, EngineListener everyEngine) {
        this(
                device -> TensorRtAvailability.probe(System.getenv(), device),
                cpu,
                checkedGpu(models, BuildSettings.of(System.getenv())),
                everyEngine,
                LONGEST_WAIT);
    }

    /**
     * @param available looks what the engine on the GPU of that number finds here
     * @param longestWait how long {@code backend=auto} waits for the GPU's engine before it begins on the CPU
     */
    public EngineSelector(
            IntFunction<TensorRtAvailability> available,
            InterpolatorFactory cpu,
            InterpolatorFactory gpu,
            EngineListener everyEngine,
            Duration longestWait) {
        this.available = available;
        this.cpu = cpu;
        this.gpu = gpu;
        this.everyEngine = everyEngine;
        this.longestWait = longestWait;
    }

    private static CheckedGpu checkedGpu(FilmModels models, BuildSettings settings) {
        var gpu = new TensorRtInterpolatorFactory(System.getenv(), models, settings);
        return new CheckedGpu(gpu::open, settings.precision(), OnnxInterpolatorFactory.inFloats(models), models);
    }

    /** Reports on the terminal how far a build is. */
    @Override
    public FrameInterpolator open(EngineRequest request) {
        return open(request, BuildReport.onTerminal());
    }

    @Override
    public FrameInterpolator open(EngineRequest request, BuildListener listener) {
        BuildListener both = listener.and(everyEngine);
        FrameInterpolator engine =
                switch (request.backend()) {
                    case TENSORRT -> onGpuOnly(request, both);
                    case CPU -> cpu.open(request);
                    case AUTO -> onGpuOrCpu(request, both);
                };
        log.info("{}: {}", request.format(), engine.description());
        return new OverlayInterpolator(engine);
    }

    private FrameInterpolator onGpuOnly(EngineRequest request, BuildListener listener) {
        TensorRtAvailability found = available.apply(request.device());
        if (!found.complete()) {
            throw new InterpolationException("backend=tensorrt cannot run here: " + found.remedy());
        }
        return opened(request, listener);
    }

    private FrameInterpolator opened(EngineRequest request, BuildListener listener) {
        try {
            return gpu.open(request, listener);
        } catch (InterpolationException e) {
            if (!listener.cancelled()) {
                failed(e);
            }
            throw e;
        }
    }

    private FrameInterpolator onGpuOrCpu(EngineRequest request, BuildListener listener) {
        TensorRtAvailability found = available.apply(request.device());
        if (!found.complete()) {
            // Who has no GPU expects the CPU and needs no line at every start; who has one should hear why it idles.
            log.atLevel(found.gpu() ? Level.WARN : Level.INFO).log("on the CPU, because {}", found.remedy());
            return cpu.open(request);
        }
        CompletableFuture<FrameInterpolator> opening = openOnGpu(request, listener);
        try {
            return opening.get(longestWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.warn("on the CPU until the GPU's engines are built");
            return new UpgradingInterpolator(onCpuUntil(opening, request), opening, log::warn);
        } catch (ExecutionException e) {
            log.warn(
                    "on the CPU, because the GPU cannot be used: {}",
                    e.getCause().getMessage());
            return cpu.open(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp(opening);
            throw new InterpolationException("interrupted while the GPU's engine was opened", e);
        }
    }

    private FrameInterpolator onCpuUntil(CompletableFuture<FrameInterpolator> opening, EngineRequest request) {
        try {
            return cpu.open(request);
        } catch (RuntimeException e) {
            giveUp(opening);
            throw e;
        }
    }

    private void failed(InterpolationException failure) {
        everyEngine.gpuFailed(failure instanceof GpuLostException);
    }

    private static void giveUp(CompletableFuture<FrameInterpolator> opening) {
        if (!opening.cancel(false)) {
            opening.thenAccept(FrameInterpolator::close);
        }
    }

    private CompletableFuture<FrameInterpolator> openOnGpu(EngineRequest request, BuildListener listener) {
        CompletableFuture<FrameInterpolator> opening = new CompletableFuture<>();
        BuildListener whileWanted = new BuildListener() {
            @Override
            public void progress(String what, double fraction) {
                listener.progress(what, fraction);
            }

            @Override
            public boolean cancelled() {
                return opening.isCancelled() || listener.cancelled();
            }
        };
        OpeningThread.start(
                "opening the GPU's engine",
                () -> new FailoverInterpolator(opened(request, whileWanted), () -> cpu.open(request), failure -> {
                    failed(failure);
                    log.warn("the GPU failed, going on with the CPU: {}", failure.getMessage());
                }),
                opening);
        return opening;
    }
}
