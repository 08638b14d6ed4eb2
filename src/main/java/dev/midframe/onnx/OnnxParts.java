package dev.midframe.onnx;

import dev.midframe.film.network.FilmGraphs;
import dev.midframe.film.network.FilmPart;
import dev.midframe.onnx.binding.CustomOperators;
import dev.midframe.onnx.lowering.CpuLowering;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** FILM's parts for one format, each loaded when it is first asked for. */
final class OnnxParts implements AutoCloseable {

    private final FilmGraphs graphs;
    private final int threads;
    private final @Nullable CustomOperators operators;
    private final Map<FilmPart, OnnxPart> loaded = new EnumMap<>(FilmPart.class);

    /**
     * @param lowering that the graphs are written with
     * @param threads that work on one run
     */
    OnnxParts(FilmGraphs graphs, CpuLowering lowering, int threads) {
        this.graphs = graphs;
        this.threads = threads;
        OrtLibrary.environment();
        this.operators = lowering.usesCustomOperators() ? new CustomOperators(lowering.block(), threads) : null;
    }

    synchronized OnnxPart get(FilmPart part) {
        return loaded.computeIfAbsent(part, wanted -> new OnnxPart(graphs.build(wanted), operators, threads));
    }

    @Override
    public synchronized void close() {
        loaded.values().forEach(OnnxPart::close);
        loaded.clear();
        if (operators != null) {
            operators.close();
        }
    }
}
