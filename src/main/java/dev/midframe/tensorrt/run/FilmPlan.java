package dev.midframe.tensorrt.run;

import dev.midframe.film.graph.OnnxGraph;
import dev.midframe.tensorrt.FilmEngines;
import dev.midframe.tensorrt.cuda.CudaContext;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;

/** How FILM is divided into engines, and what else runs between them. */
public interface FilmPlan {

    /** The engines, in the order of work. */
    List<OnnxGraph> graphs();

    /** Inputs and outputs of an engine that lie channel-last; others are planes. */
    Set<String> channelsLast(OnnxGraph graph);

    /**
     * How often an engine's tensor is in memory: twice what a neighbour's copy or frame may still need, not at all what another
     * engine or tensor has.
     */
    int copies(String engine, String tensor, boolean input);

    /**
     * Makes memory and contexts for it.
     *
     * @param stream of the first runs
     */
    FilmWork work(CudaContext cuda, FilmEngines engines, MemorySegment stream);
}
