package dev.midframe.onnx;

import dev.midframe.film.model.FilmConfig;
import dev.midframe.film.model.FilmModel;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.MotionSize;
import dev.midframe.onnx.lowering.CpuLowering;
import dev.midframe.video.FrameFormat;
import java.util.function.BooleanSupplier;

/** What a request comes to on this machine: a model that was read, and the lowering that is fastest for it. */
public final class OnnxOpening {

    private final OnnxInterpolatorFactory factory;
    private final EngineRequest request;
    private final FilmModel model;
    private final CpuLowering lowering;

    OnnxOpening(OnnxInterpolatorFactory factory, EngineRequest request, FilmModel model, CpuLowering lowering) {
        this.factory = factory;
        this.request = request;
        this.model = model;
        this.lowering = lowering;
    }

    /** Opens the engine. */
    public FrameInterpolator open() {
        return factory.open(request, model, lowering, threads());
    }

    /**
     * Opens it without custom operators, on half of the threads: slower, but its first pair is made sooner where these are not
     * compiled yet.
     */
    public FrameInterpolator openStandard() {
        return factory.open(request, model, CpuLowering.STANDARD, Math.max(1, threads() / 2));
    }

    private int threads() {
        return request.threads() == 0 ? Runtime.getRuntime().availableProcessors() : request.threads();
    }

    /** Whether its first pair takes long, because its operators have not been compiled and are most of its work. */
    public boolean isCold() {
        boolean mostlyOperators = model.config().output() == FilmConfig.Output.BLEND;
        return lowering.usesCustomOperators() && mostlyOperators && !factory.isWarm();
    }

    /**
     * Runs the operators on small frames until Java's compilers have made fast code of them, which takes some seconds of processor
     * time once in a process.
     *
     * @param stopped whether nobody waits for it any more; asked between two pairs
     */
    public void warmUp(BooleanSupplier stopped) {
        FrameFormat format = request.format();
        FrameFormat small = new FrameFormat(format.pixelFormat(), WarmUp.WIDTH, WarmUp.HEIGHT, format.colorimetry());
        try (FrameInterpolator engine = new OnnxInterpolator(model, lowering, MotionSize.FULL, small, 1, 1, () -> {})) {
            if (new WarmUp(engine).run(stopped)) {
                factory.warmedUp();
            }
        }
    }
}
