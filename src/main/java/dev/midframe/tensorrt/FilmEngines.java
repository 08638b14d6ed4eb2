package dev.midframe.tensorrt;

import dev.midframe.film.graph.OnnxGraph;
import dev.midframe.film.network.FilmGraphs;
import dev.midframe.film.network.FilmPart;
import dev.midframe.tensorrt.build.EngineBuilder;
import dev.midframe.tensorrt.build.TensorVolume;
import dev.midframe.tensorrt.cuda.CudaContext;
import dev.midframe.tensorrt.cuda.GpuMemoryException;
import dev.midframe.tensorrt.run.Engine;
import dev.midframe.tensorrt.run.FilmMemory;
import dev.midframe.tensorrt.run.Runtime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The three engines of a stream on the current device: FEATURES once a frame, FLOW once a pair, FUSION once a generated
 * frame.
 */
public final class FilmEngines implements AutoCloseable {

    /** In the order of work. */
    public static final List<FilmPart> PARTS = List.of(FilmPart.FEATURES, FilmPart.FLOW, FilmPart.FUSION);

    private final Deque<Owned> open = new ArrayDeque<>();
    private final Map<FilmPart, Engine> engines = new EnumMap<>(FilmPart.class);
    private final long largestTensor;

    /**
     * Takes them from the cache, or builds them.
     *
     * @throws GpuMemoryException before anything is built, when the device has too little free memory for them
     * @throws TensorRtException when one cannot be built or loaded
     */
    FilmEngines(TensorRt tensorRt, CudaContext cuda, EngineBuilder builder, FilmGraphs graphs, String what) {
        Map<FilmPart, OnnxGraph> models = new EnumMap<>(FilmPart.class);
        PARTS.forEach(part -> models.put(part, graphs.build(part)));
        models.forEach((part, graph) -> TensorVolume.check(graph, part + " of " + what));
        largestTensor = models.values().stream()
                .mapToLong(OnnxGraph::largestTensor)
                .max()
                .orElseThrow();
        FilmMemory.checkBeforeBuilding(cuda, models);
        try {
            Runtime runtime = tensorRt.createRuntime();
            open.push(runtime);
            for (FilmPart part : PARTS) {
                double from = engines.size() / (double) PARTS.size();
                double to = (engines.size() + 1) / (double) PARTS.size();
                byte[] onnx = models.remove(part).model();
                Engine engine = builder.engine(runtime, onnx, cuda.gpu(), part + " of " + what, from, to);
                open.push(engine);
                engines.put(part, engine);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        } finally {
            builder.finish(what);
        }
    }

    public Engine engine(FilmPart part) {
        return engines.get(part);
    }

    /** Elements of the largest tensor inside them. */
    long largestTensor() {
        return largestTensor;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
