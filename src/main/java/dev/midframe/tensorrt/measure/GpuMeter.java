package dev.midframe.tensorrt.measure;

import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.BuildListener;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.tensorrt.TensorRt;
import dev.midframe.tensorrt.TensorRtInterpolator;
import dev.midframe.tensorrt.TensorRtInterpolatorFactory;
import dev.midframe.tensorrt.UntilExit;
import dev.midframe.tensorrt.build.BuildSettings;
import dev.midframe.tensorrt.build.EngineBuilder;
import dev.midframe.tensorrt.build.EngineCache;
import dev.midframe.tensorrt.cuda.Cuda;
import dev.midframe.tensorrt.cuda.CudaContext;
import dev.midframe.tensorrt.run.EventClock;
import dev.midframe.tensorrt.run.StageClock.Stage;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** Measures the GPU engine on this machine, with CUDA events and the wall clock. */
public final class GpuMeter {

    private static final int WARM_UP = 5;
    private static final int PAIRS = 100;

    private final Map<String, String> environment;
    private final FilmModels models;
    private final BuildSettings settings;
    private final BuildListener listener;
    private final UnaryOperator<FrameInterpolator> asInStreams;

    /**
     * As {@link TensorRtInterpolatorFactory}'s.
     *
     * @param listener gets how far building is
     * @param asInStreams what a stream's engine is wrapped in
     */
    public GpuMeter(
            Map<String, String> environment,
            FilmModels models,
            BuildSettings settings,
            BuildListener listener,
            UnaryOperator<FrameInterpolator> asInStreams) {
        this.environment = environment;
        this.models = models;
        this.settings = settings;
        this.listener = listener;
        this.asInStreams = asInStreams;
    }

    /**
     * The GPU's speed in a large half-precision matrix product, in 10^12 operations a second.
     *
     * @param device GPU number
     */
    public double matrixProductTflops(int device) {
        Cuda cuda = Cuda.load();
        TensorRt tensorRt = TensorRt.load(environment, cuda);
        EngineCache cache = EngineCache.ofUser(environment);
        try (UntilExit opening = new UntilExit(listener);
                CudaContext context = CudaContext.open(cuda, device)) {
            return MatrixProduct.tflops(tensorRt, context, new EngineBuilder(tensorRt, cuda, cache, settings, opening));
        }
    }

    /**
     * Opens an engine twice, and measures it.
     *
     * @param frames two or more, taken in turn
     * @param matrixProductTflops what {@link #matrixProductTflops} gave
     */
    public GpuMeasurement measure(EngineRequest request, List<VideoFrame> frames, double matrixProductTflops) {
        Cuda cuda = Cuda.load();
        return measure(request, frames, matrixProductTflops, cuda, TensorRt.load(environment, cuda));
    }

    GpuMeasurement measure(
            EngineRequest request, List<VideoFrame> frames, double matrixProductTflops, Cuda cuda, TensorRt tensorRt) {
        TensorRtInterpolatorFactory engine = new TensorRtInterpolatorFactory(environment, models, settings);
        var built = new AtomicBoolean();
        BuildListener noticing = listener.and((what, fraction) -> built.set(true));
        double openSeconds =
                seconds(() -> engine.open(request, noticing, cuda, tensorRt).close());
        long freeBefore;
        try (CudaContext context = CudaContext.open(cuda, request.device())) {
            freeBefore = context.freeBytes();
        }
        long start = System.nanoTime();
        try (TensorRtInterpolator film = engine.open(request, listener, cuda, tensorRt);
                Arena arena = Arena.ofShared()) {
            double cachedOpenSeconds = (System.nanoTime() - start) / 1e9;
            long memory = freeBefore - film.cuda().freeBytes();
            VideoFrame target = VideoFrame.allocate(request.format(), arena);
            List<Map<Stage, Double>> times = stages(film, frames, target);
            List<Double> compute = times.stream()
                    .map(time -> time.get(Stage.FEATURES) + time.get(Stage.PAIR))
                    .sorted()
                    .toList();
            double median = quantile(compute, 0.5);
            FilmModel model = models.find(request.model());
            double tflop = 2
                    * model.config()
                            .work(request.format().width(), request.format().height())
                    / 1e12;
            double tflops = tflop / median * 1e3;
            return new GpuMeasurement(
                    film.description(),
                    request.format().toString(),
                    built.get(),
                    openSeconds,
                    cachedOpenSeconds,
                    memory,
                    median(times, Stage.UPLOAD),
                    median(times, Stage.FEATURES),
                    median(times, Stage.PAIR),
                    median(times, Stage.DOWNLOAD),
                    median,
                    quantile(compute, 0.99),
                    pairsPerSecond(asInStreams.apply(film), frames, target),
                    tflops,
                    tflops / matrixProductTflops);
        }
    }

    private static List<Map<Stage, Double>> stages(
            TensorRtInterpolator film, List<VideoFrame> frames, VideoFrame target) {
        EventClock clock = new EventClock(film.cuda());
        film.advance(frames.getLast());
        List<Map<Stage, Double>> times = new ArrayList<>();
        for (int pair = 0; pair < WARM_UP + PAIRS; pair++) {
            film.time(frames.get(pair % frames.size()), target, clock);
            if (pair >= WARM_UP) {
                times.add(clock.millis());
            }
        }
        return times;
    }

    private static double pairsPerSecond(FrameInterpolator film, List<VideoFrame> frames, VideoFrame target) {
        Deque<GeneratedFrames> inFlight = new ArrayDeque<>();
        double seconds = seconds(() -> {
            for (int pair = 0; pair < PAIRS; pair++) {
                film.advance(frames.get(pair % frames.size()));
                inFlight.add(film.interpolate(0.5));
                if (inFlight.size() == film.depth()) {
                    fetch(inFlight.remove(), target);
                }
            }
            inFlight.forEach(pair -> fetch(pair, target));
        });
        return PAIRS / seconds;
    }

    private static void fetch(GeneratedFrames pair, VideoFrame target) {
        try (pair) {
            pair.copyTo(0, target);
        }
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(List<Map<Stage, Double>> times, Stage stage) {
        return quantile(times.stream().map(time -> time.get(stage)).sorted().toList(), 0.5);
    }

    private static double quantile(List<Double> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * (sorted.size() - 1))));
    }
}
