package dev.midframe.tensorrt.measure;

import dev.midframe.film.graph.OnnxGraph;
import dev.midframe.film.graph.StandardLowering;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.FilmModels;
import dev.midframe.film.network.FilmGraphs;
import dev.midframe.film.network.FilmPart;
import dev.midframe.interpolation.BuildListener;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.tensorrt.TensorRt;
import dev.midframe.tensorrt.TensorRtException;
import dev.midframe.tensorrt.UntilExit;
import dev.midframe.tensorrt.build.BuildSettings;
import dev.midframe.tensorrt.build.EngineBuilder;
import dev.midframe.tensorrt.build.EngineCache;
import dev.midframe.tensorrt.build.NetworkSource;
import dev.midframe.tensorrt.build.TensorVolume;
import dev.midframe.tensorrt.cuda.Cuda;
import dev.midframe.tensorrt.cuda.CudaContext;
import dev.midframe.tensorrt.run.Engine;
import dev.midframe.tensorrt.run.EngineTensor;
import dev.midframe.tensorrt.run.ExecutionContext;
import dev.midframe.tensorrt.run.GpuWork;
import dev.midframe.tensorrt.run.LayerProfiler;
import dev.midframe.tensorrt.run.Runtime;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Measures one of FILM's engines without the others, and looks into it layer by layer. */
public final class PartMeter {

    private static final int WARM_UP = 3;
    private static final int LEAST_RUNS = 5;
    private static final int PROFILED_RUNS = 5;

    private final Map<String, String> environment;
    private final FilmModels models;
    private final BuildSettings settings;
    private final BuildListener listener;

    /** As {@link GpuMeter}'s. */
    public PartMeter(
            Map<String, String> environment, FilmModels models, BuildSettings settings, BuildListener listener) {
        this.environment = environment;
        this.models = models;
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * Builds a part, or takes it from the cache, and runs it.
     *
     * @param seconds how long, at least five runs
     * @param profile whether its layers are timed, too
     * @throws TensorRtException when it does not open or does not run
     */
    public PartMeasurement measure(EngineRequest request, FilmPart part, double seconds, boolean profile) {
        Cuda cuda = Cuda.load();
        return measure(request, part, seconds, profile, cuda, TensorRt.load(environment, cuda));
    }

    PartMeasurement measure(
            EngineRequest request, FilmPart part, double seconds, boolean profile, Cuda cuda, TensorRt tensorRt) {
        cuda.checkAlive();
        FilmModel model = models.find(request.model());
        OnnxGraph graph = new FilmGraphs(
                        model,
                        request.format(),
                        StandardLowering.in(settings.precision()),
                        FilmGraphs.reduction(model, request.motionSize()))
                .build(part);
        String what = part + " of " + model.name() + " " + settings.precision() + " " + request.format();
        TensorVolume.check(graph, what);
        var built = new AtomicBoolean();
        long start = System.nanoTime();
        try (UntilExit opening = new UntilExit(listener.and((name, fraction) -> built.set(true)));
                CudaContext context = CudaContext.open(cuda, request.device());
                Runtime runtime = tensorRt.createRuntime();
                Engine engine = engine(
                        new EngineBuilder(tensorRt, cuda, EngineCache.ofUser(environment), settings, opening),
                        runtime,
                        graph,
                        context,
                        what)) {
            double openSeconds = (System.nanoTime() - start) / 1e9;
            MemorySegment stream = context.stream();
            Map<String, Long> tensors = cleared(engine, context, stream);
            long scratch = context.allocate(engine.scratchBytes());
            List<Float> times = times(engine, context, tensors, scratch, stream, seconds);
            List<LayerTime> layers = profile ? layers(tensorRt, engine, context, tensors, scratch, stream) : List.of();
            return new PartMeasurement(
                    part,
                    built.get(),
                    openSeconds,
                    times.size(),
                    times.get(times.size() / 2),
                    times.get((int) Math.round(0.99 * (times.size() - 1))),
                    layers);
        }
    }

    private static Engine engine(
            EngineBuilder builder, Runtime runtime, OnnxGraph graph, CudaContext context, String what) {
        try {
            return builder.engine(runtime, new NetworkSource(graph.model(), what), context.gpu(), 0, 1);
        } finally {
            builder.finish(what);
        }
    }

    private static Map<String, Long> cleared(Engine engine, CudaContext context, MemorySegment stream) {
        Map<String, Long> tensors = new HashMap<>();
        for (EngineTensor tensor : engine.tensors()) {
            long address = context.allocate(tensor.bytes());
            context.clear(address, tensor.bytes(), stream);
            tensors.put(tensor.name(), address);
        }
        return tensors;
    }

    /** Milliseconds of each run, sorted. */
    private static List<Float> times(
            Engine engine,
            CudaContext cuda,
            Map<String, Long> tensors,
            long scratch,
            MemorySegment stream,
            double seconds) {
        int beforeGraph = cuda.mark();
        try (ExecutionContext context = engine.createContext()) {
            try {
                context.scratch(scratch, engine.scratchBytes());
                GpuWork work = new GpuWork(cuda, List.of(context.run(tensors)), stream);
                MemorySegment begin = cuda.timedEvent();
                MemorySegment end = cuda.timedEvent();
                List<Float> times = new ArrayList<>();
                long until = System.nanoTime() + (long) (seconds * 1e9);
                for (int run = 0; times.size() < LEAST_RUNS || System.nanoTime() < until; run++) {
                    cuda.record(begin, stream);
                    work.start(stream);
                    cuda.record(end, stream);
                    cuda.await(end);
                    if (run >= WARM_UP) {
                        times.add(cuda.elapsedMillis(begin, end));
                    }
                }
                times.sort(null);
                return times;
            } finally {
                // A graph holds the context's work: it goes first.
                cuda.freeBackTo(beforeGraph);
            }
        }
    }

    private static List<LayerTime> layers(
            TensorRt tensorRt,
            Engine engine,
            CudaContext cuda,
            Map<String, Long> tensors,
            long scratch,
            MemorySegment stream) {
        try (Arena arena = Arena.ofShared();
                ExecutionContext context = engine.createContext()) {
            LayerProfiler profiler = new LayerProfiler(tensorRt.slots(), arena);
            context.scratch(scratch, engine.scratchBytes());
            tensors.forEach(context::bind);
            context.profile(profiler);
            for (int run = 0; run < WARM_UP + PROFILED_RUNS; run++) {
                if (run == WARM_UP) {
                    profiler.clear();
                }
                context.enqueue(stream);
                cuda.drain(stream);
            }
            return LayerTime.of(profiler.millis(), PROFILED_RUNS, engine.describe());
        }
    }
}
