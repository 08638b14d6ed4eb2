package dev.midframe.onnx;

import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.onnx.lowering.CpuLowering;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens FILM on the CPU. */
public final class OnnxInterpolatorFactory implements InterpolatorFactory {

    private final FilmModels models;
    private final boolean operators;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicBoolean warm = new AtomicBoolean();

    /** An engine for the models at hand. */
    public OnnxInterpolatorFactory(FilmModels models) {
        this(models, true);
    }

    /** @param operators whether to use custom operators */
    private OnnxInterpolatorFactory(FilmModels models, boolean operators) {
        this.models = models;
        this.operators = operators;
    }

    /**
     * An engine without custom operators, which take a second to be compiled before they are the faster ones. The
     * pictures are the same within two code values, and the module jdk.incubator.vector is not needed.
     */
    public static OnnxInterpolatorFactory forOnePair(FilmModels models) {
        return new OnnxInterpolatorFactory(models, false);
    }

    /** An engine that computes as the model is defined: in floats, by ONNX's own operators. What other engines are held to. */
    public static OnnxInterpolatorFactory inFloats(FilmModels models) {
        return new OnnxInterpolatorFactory(models, false);
    }

    /**
     * Loads ONNX Runtime.
     *
     * @return its version
     * @throws InterpolationException when it cannot be loaded
     */
    public static String version() {
        return OrtLibrary.environment().getVersion();
    }

    /**
     * Opens a model for a stream; {@code auto} is {@link FilmModels#DEFAULT}.
     *
     * <p>Where the processor is fast at int8 (VNNI) and the model's file has activation ranges, features are computed in int8.
     *
     * <p>With a depth of 1 all threads work on one frame, for the lowest latency. With more, as many pairs as there are
     * threads are computed side by side, which is faster over all: much of a small FILM is too small to be divided.
     *
     * @throws InterpolationException when the model is not there or not usable, or ONNX Runtime cannot be loaded
     */
    @Override
    public FrameInterpolator open(EngineRequest request) {
        if (request.backend() == Backend.TENSORRT) {
            throw new InterpolationException("this is the CPU's engine; backend=tensorrt asks for another");
        }
        return prepare(request).open();
    }

    /**
     * The same in two steps.
     *
     * @throws InterpolationException when the model is not there or not usable
     */
    public OnnxOpening prepare(EngineRequest request) {
        FilmModel model = models.find(request.model());
        CpuLowering lowering = operators ? Lowerings.fastest(model, System.getenv()) : CpuLowering.STANDARD;
        return new OnnxOpening(this, request, model, lowering);
    }

    FrameInterpolator open(EngineRequest request, FilmModel model, CpuLowering lowering, int threads) {
        FrameInterpolator film = new OnnxInterpolator(
                model, lowering, request.motionSize(), request.format(), request.depth(), threads, this::closed);
        open.incrementAndGet();
        return film;
    }

    boolean isWarm() {
        return warm.get();
    }

    void warmedUp() {
        warm.set(true);
    }

    /**
     * Has the heap cleared behind the last stream, when that holds nothing up. The planes that an engine works on live as
     * long as it does, so the collector takes them for something that stays, and without this the heap would grow by them
     * with every stream.
     */
    private void closed() {
        if (open.decrementAndGet() == 0) {
            System.gc();
        }
    }
}
