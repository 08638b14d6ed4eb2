package dev.midframe.tensorrt;

import dev.midframe.film.graph.OnnxGraph;
import dev.midframe.tensorrt.build.EngineBuilder;
import dev.midframe.tensorrt.build.NetworkSource;
import dev.midframe.tensorrt.build.TensorVolume;
import dev.midframe.tensorrt.cuda.CudaContext;
import dev.midframe.tensorrt.cuda.GpuMemoryException;
import dev.midframe.tensorrt.run.Engine;
import dev.midframe.tensorrt.run.EngineContexts;
import dev.midframe.tensorrt.run.FilmPlan;
import dev.midframe.tensorrt.run.Runtime;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The engines of a stream on the current device. */
public final class FilmEngines implements AutoCloseable {

    private final Deque<Owned> open = new ArrayDeque<>();
    private final Map<String, Engine> engines = new LinkedHashMap<>();
    private final long largestTensor;

    /**
     * Takes them from the cache, or builds them.
     *
     * @throws GpuMemoryException before anything is built, when the device has too little free memory for them
     * @throws TensorRtException when one cannot be built or loaded
     */
    FilmEngines(TensorRt tensorRt, CudaContext cuda, EngineBuilder builder, FilmPlan plan, String what) {
        Deque<OnnxGraph> graphs = new ArrayDeque<>(plan.graphs());
        graphs.forEach(graph -> TensorVolume.check(graph, graph.name() + " of " + what));
        largestTensor =
                graphs.stream().mapToLong(OnnxGraph::largestTensor).max().orElseThrow();
        EngineContexts.checkBeforeBuilding(cuda, plan, List.copyOf(graphs));
        int count = graphs.size();
        try {
            Runtime runtime = tensorRt.createRuntime();
            open.push(runtime);
            while (!graphs.isEmpty()) {
                OnnxGraph graph = graphs.remove();
                double from = engines.size() / (double) count;
                double to = (engines.size() + 1) / (double) count;
                NetworkSource source =
                        new NetworkSource(graph.model(), plan.channelsLast(graph), graph.name() + " of " + what);
                Engine engine = builder.engine(runtime, source, cuda.gpu(), from, to);
                open.push(engine);
                engines.put(graph.name(), engine);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        } finally {
            builder.finish(what);
        }
    }

    /** In the order of work. */
    public Set<String> names() {
        return Collections.unmodifiableSet(engines.keySet());
    }

    public Engine engine(String name) {
        return engines.get(name);
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
