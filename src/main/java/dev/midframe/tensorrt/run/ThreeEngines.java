package dev.midframe.tensorrt.run;

import dev.midframe.film.graph.OnnxGraph;
import dev.midframe.film.network.FilmGraphs;
import dev.midframe.film.network.FilmPart;
import dev.midframe.tensorrt.FilmEngines;
import dev.midframe.tensorrt.cuda.CudaContext;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;

/** FEATURES once a frame, FLOW once a pair, FUSION once a generated frame; TensorRT warps inside of them. */
public record ThreeEngines(FilmGraphs film) implements FilmPlan {

    /** In the order of work. */
    public static final List<FilmPart> PARTS = List.of(FilmPart.FEATURES, FilmPart.FLOW, FilmPart.FUSION);

    private static final String FLOW = FilmPart.FLOW.name();

    @Override
    public List<OnnxGraph> graphs() {
        return PARTS.stream().map(film::build).toList();
    }

    @Override
    public Set<String> channelsLast(OnnxGraph graph) {
        return Set.of();
    }

    @Override
    public int copies(String engine, String tensor, boolean input) {
        if (engine.equals(FilmWork.FEATURES)) {
            return FilmRunner.BUFFERS;
        } else if (engine.equals(FLOW)) {
            return input ? 0 : 1;
        }
        return tensor.equals(FilmWork.FRAME) || tensor.equals(FilmWork.TIME) ? FilmRunner.BUFFERS : 0;
    }

    @Override
    public FilmWork work(CudaContext cuda, FilmEngines engines, MemorySegment stream) {
        return new Work(new EngineContexts(cuda, engines, this, stream));
    }

    private record Work(EngineContexts contexts) implements FilmWork {

        @Override
        public List<Step> flow(int second) {
            return List.of(contexts.run(FLOW, name -> ofPair(name, second)));
        }

        @Override
        public List<Step> fusion(int second, int out) {
            return List.of(contexts.run(FUSION, name -> switch (name) {
                case FRAME -> frameOut(out);
                case TIME -> time(out);
                default -> ofPair(name, second);
            }));
        }

        private long ofPair(String name, int second) {
            if (name.startsWith("first.")) {
                return contexts.address(FEATURES, name.substring("first.".length()), 1 - second);
            } else if (name.startsWith("second.")) {
                return contexts.address(FEATURES, name.substring("second.".length()), second);
            }
            return contexts.address(FLOW, name, 0);
        }
    }
}
