package dev.midframe.onnx;

import dev.midframe.film.graph.Dialect;
import dev.midframe.film.network.FilmGraphs;
import dev.midframe.film.network.FilmPart;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** FILM's parts for one format, each loaded when it is first asked for. */
final class OnnxParts implements AutoCloseable {

    private final FilmGraphs graphs;
    private final int threads;
    private final @Nullable CpuOperators operators;
    private final Map<FilmPart, OnnxPart> loaded = new EnumMap<>(FilmPart.class);

    /**
     * @param dialect that the graphs are written in
     * @param threads that work on one run
     */
    OnnxParts(FilmGraphs graphs, Dialect dialect, int threads) {
        this.graphs = graphs;
        this.threads = threads;
        OrtLibrary.environment();
        this.operators = dialect.equals(Dialect.STANDARD) ? null : new CpuOperators(new OrtApi(), dialect.block());
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
