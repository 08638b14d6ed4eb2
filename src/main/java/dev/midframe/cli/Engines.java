package dev.midframe.cli;

import dev.midframe.film.FilmModels;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.onnx.OnnxEngine;
import dev.midframe.tensorrt.TensorRtAvailability;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the engine: what was asked for, or with {@code backend=auto} the best that this machine has. */
final class Engines implements InterpolatorFactory {

    private static final Logger log = LoggerFactory.getLogger(Engines.class);

    private final InterpolatorFactory cpu;

    Engines(FilmModels models) {
        this.cpu = new OnnxEngine(models);
    }

    @Override
    public FrameInterpolator open(EngineRequest request) {
        if (request.backend() == Backend.TENSORRT) {
            TensorRtAvailability gpu = TensorRtAvailability.probe(System.getenv());
            throw new InterpolationException("backend=tensorrt cannot run here: "
                    + (gpu.complete() ? "the TensorRT engine is not built in yet; use backend=cpu" : gpu.remedy()));
        }
        FrameInterpolator engine = cpu.open(request);
        log.info("{}: {}", request.format(), engine.description());
        return engine;
    }
}
