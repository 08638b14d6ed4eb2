package dev.midframe.cli;

import dev.midframe.film.FilmModels;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FailoverInterpolator;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.onnx.OnnxEngine;
import dev.midframe.tensorrt.BuildSettings;
import dev.midframe.tensorrt.TensorRtAvailability;
import dev.midframe.tensorrt.TensorRtEngine;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the engine: what was asked for, or with {@code backend=auto} the best that this machine has. */
final class Engines implements InterpolatorFactory {

    private static final Logger log = LoggerFactory.getLogger(Engines.class);

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
        try {
            return new FailoverInterpolator(
                    gpu.open(request),
                    () -> cpu.open(request),
                    reason -> log.warn("the GPU failed, going on with the CPU: {}", reason));
        } catch (InterpolationException e) {
            log.warn("on the CPU, because the GPU cannot be used: {}", e.getMessage());
            return cpu.open(request);
        }
    }
}
