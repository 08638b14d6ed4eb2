package dev.midframe.tensorrt;

import dev.midframe.film.graph.Lowering;
import dev.midframe.film.graph.StandardLowering;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.FilmModels;
import dev.midframe.film.network.FilmGraphs;
import dev.midframe.film.network.FilmPieces;
import dev.midframe.interpolation.BuildListener;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.tensorrt.build.BuildSettings;
import dev.midframe.tensorrt.build.EngineBuilder;
import dev.midframe.tensorrt.build.EngineCache;
import dev.midframe.tensorrt.cuda.Cuda;
import dev.midframe.tensorrt.cuda.CudaContext;
import dev.midframe.tensorrt.run.FilmPlan;
import dev.midframe.tensorrt.run.FilmRunner;
import dev.midframe.tensorrt.run.ThreeEngines;
import dev.midframe.tensorrt.run.WarpingKernels;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens FILM on NVIDIA GPUs with TensorRT. */
public final class TensorRtInterpolatorFactory implements InterpolatorFactory {

    /** The model that {@code auto} means here, where there is one of that name. */
    private static final String DEFAULT_MODEL = "film-base";

    private final Map<String, String> environment;
    private final FilmModels models;
    private final BuildSettings settings;
    private @Nullable Cuda driver;
    private @Nullable TensorRt loaded;

    /**
     * Nothing is loaded before the first engine is asked for.
     *
     * @param environment as {@link System#getenv()}
     * @param models the models that can be asked for
     * @param settings of engines that have to be built
     */
    public TensorRtInterpolatorFactory(Map<String, String> environment, FilmModels models, BuildSettings settings) {
        this.environment = Map.copyOf(environment);
        this.models = models;
        this.settings = settings;
    }

    @Override
    public TensorRtInterpolator open(EngineRequest request) {
        return open(request, BuildListener.SILENT);
    }

    /**
     * Opens an engine; takes a second when it was built before on this machine, minutes when it was not.
     *
     * @throws InterpolationException when driver, GPU, TensorRT, model or memory are missing, or the build fails or
     *     is cancelled
     */
    @Override
    public TensorRtInterpolator open(EngineRequest request, BuildListener listener) {
        Cuda cuda = cuda();
        return open(request, listener, cuda, tensorRt(cuda));
    }

    private synchronized Cuda cuda() {
        if (driver == null) {
            driver = Cuda.load();
        }
        return driver;
    }

    private synchronized TensorRt tensorRt(Cuda cuda) {
        if (loaded == null) {
            loaded = TensorRt.load(environment, cuda);
        }
        return loaded;
    }

    public TensorRtInterpolator open(EngineRequest request, BuildListener listener, Cuda cuda, TensorRt tensorRt) {
        cuda.checkAlive();
        cuda.gpu(request.device());
        FilmModel model = models.find(chosen(request.model()));
        int reduction = FilmGraphs.reduction(model, request.motionSize());
        Lowering.Factory lowering = StandardLowering.in(settings.precision());
        FilmPlan plan =
                switch (settings.warps()) {
                    case ENGINE -> new ThreeEngines(new FilmGraphs(model, request.format(), lowering, reduction));
                    case KERNELS ->
                        new WarpingKernels(
                                new FilmPieces(model, request.format(), lowering, reduction), settings.precision());
                };
        EngineCache cache = EngineCache.ofUser(environment);
        String name = model.name() + " " + settings.precision();
        try (UntilExit opening = new UntilExit(listener)) {
            EngineBuilder builder = new EngineBuilder(tensorRt, cuda, cache, settings, opening);
            return open(request, CudaContext.open(cuda, request.device()), tensorRt, builder, plan, name);
        }
    }

    private TensorRtInterpolator open(
            EngineRequest request,
            CudaContext context,
            TensorRt tensorRt,
            EngineBuilder builder,
            FilmPlan plan,
            String name) {
        @Nullable FilmEngines engines = null;
        try {
            engines = new FilmEngines(tensorRt, context, builder, plan, name + " " + request.format());
            FilmRunner runner = new FilmRunner(context, plan, engines, request.format(), request.depth());
            String description =
                    "TensorRT " + tensorRt.versionText() + " (" + context.gpu().name() + "), " + name;
            return new TensorRtInterpolator(
                    context,
                    engines,
                    runner,
                    request.format(),
                    description,
                    chosen(request.model()),
                    builder.verdict());
        } catch (RuntimeException e) {
            if (engines != null) {
                engines.close();
            }
            context.close();
            throw e;
        }
    }

    private String chosen(String model) {
        boolean automatic = model.equals(FilmModels.AUTO) && models.names().contains(DEFAULT_MODEL);
        return automatic ? DEFAULT_MODEL : model;
    }
}
