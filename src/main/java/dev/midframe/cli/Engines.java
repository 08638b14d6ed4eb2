package dev.midframe.cli;

import dev.midframe.film.FilmModels;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FailoverInterpolator;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.interpolation.UpgradingInterpolator;
import dev.midframe.onnx.OnnxEngine;
import dev.midframe.tensorrt.BuildSettings;
import dev.midframe.tensorrt.TensorRtAvailability;
import dev.midframe.tensorrt.TensorRtEngine;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the engine: what was asked for, or with {@code backend=auto} the best that this machine has. */
final class Engines implements InterpolatorFactory {

    private static final Logger log = LoggerFactory.getLogger(Engines.class);

    /** Engines that were built before open within this time; others are built while the CPU works. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Map<String, String> environment;
    private final InterpolatorFactory cpu;
    private final InterpolatorFactory gpu;

    Engines(FilmModels models) {
        this.environment = System.getenv();
        this.cpu = new OnnxEngine(models);
        this.gpu = new TensorRtEngine(environment, models, BuildSettings.DEFAULT, new BuildReport(System.err));
    }

    @Override
    public FrameInterpolator open(EngineRequest request) {
        FrameInterpolator engine =
                switch (request.backend()) {
                    case TENSORRT -> onGpuOnly(request);
                    case CPU -> cpu.open(request);
                    case AUTO -> onGpuOrCpu(request);
                };
        log.info("{}: {}", request.format(), engine.description());
        return engine;
    }

    private FrameInterpolator onGpuOnly(EngineRequest request) {
        TensorRtAvailability found = TensorRtAvailability.probe(environment);
        if (!found.complete()) {
            throw new InterpolationException("backend=tensorrt cannot run here: " + found.remedy());
        }
        return gpu.open(request);
    }

    private FrameInterpolator onGpuOrCpu(EngineRequest request) {
        TensorRtAvailability found = TensorRtAvailability.probe(environment);
        if (!found.complete()) {
            log.info("on the CPU, because {}", found.remedy());
            return cpu.open(request);
        }
        CompletableFuture<FrameInterpolator> opening = openOnGpu(request);
        try {
            return opening.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.warn("on the CPU until the GPU's engines are built");
            return new UpgradingInterpolator(cpu.open(request), opening, log::warn);
        } catch (ExecutionException e) {
            log.warn(
                    "on the CPU, because the GPU cannot be used: {}",
                    e.getCause().getMessage());
            return cpu.open(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            opening.thenAccept(FrameInterpolator::close);
            throw new InterpolationException("interrupted while the GPU's engine was opened", e);
        }
    }

    private CompletableFuture<FrameInterpolator> openOnGpu(EngineRequest request) {
        CompletableFuture<FrameInterpolator> opening = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("opening the GPU's engine").start(() -> {
            try {
                opening.complete(new FailoverInterpolator(
                        gpu.open(request),
                        () -> cpu.open(request),
                        reason -> log.warn("the GPU failed, going on with the CPU: {}", reason)));
            } catch (Throwable e) {
                opening.completeExceptionally(e);
            }
        });
        return opening;
    }
}
