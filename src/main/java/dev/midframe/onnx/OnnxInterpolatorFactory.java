package dev.midframe.onnx;

import dev.midframe.film.graph.Dialect;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.onnx.kernels.Computation;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Opens FILM on the CPU. */
public final class OnnxInterpolatorFactory implements InterpolatorFactory {

    /** An environment variable: {@code off} has every model computed in floats. */
    private static final String BYTES = "MIDFRAME_CPU_INT8";

    private final FilmModels models;
    private final boolean operators;
    private final AtomicInteger open = new AtomicInteger();

    /** An engine for the models at hand. */
    public OnnxInterpolatorFactory(FilmModels models) {
        this(models, true);
    }

    /** @param operators whether to use those written in Java */
    private OnnxInterpolatorFactory(FilmModels models, boolean operators) {
        this.models = models;
        this.operators = operators;
    }

    /**
     * An engine without operators written in Java, which take a second to be compiled before they are the faster ones. The
     * pictures are the same within two code values, and the module jdk.incubator.vector is not needed.
     */
    public static OnnxInterpolatorFactory forOnePair(FilmModels models) {
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
     * <p>Where the processor sums products of bytes (VNNI) and the model's file tells its ranges, features are computed in bytes.
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
        FilmModel model = models.find(request.model());
        int processors = Runtime.getRuntime().availableProcessors();
        int threads = request.threads() == 0 ? processors : request.threads();
        Dialect dialect = operators ? Layout.dialect(OrtLibrary.environment()) : Dialect.STANDARD;
        if (operators
                && bytesWanted(System.getenv(BYTES))
                && Processor.ofMachine().sumsBytes()
                && Computation.takesBytes()) {
            dialect = dialect.inBytesFor(model);
        }
        FrameInterpolator film = new OnnxInterpolator(
                model, dialect, request.motionSize(), request.format(), request.depth(), threads, this::closed);
        open.incrementAndGet();
        return film;
    }

    static boolean bytesWanted(@Nullable String setting) {
        return switch (setting) {
            case null -> true;
            case "on" -> true;
            case "off" -> false;
            default -> throw new InterpolationException(BYTES + " is " + setting + "; it can be on or off");
        };
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
