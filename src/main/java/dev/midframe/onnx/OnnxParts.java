package dev.midframe.onnx;

import dev.midframe.film.FilmGraphs;
import dev.midframe.film.FilmPart;
import java.util.EnumMap;
import java.util.Map;

/** FILM's parts for one format, each loaded when it is first asked for. */
final class OnnxParts implements AutoCloseable {

    private final FilmGraphs graphs;
    private final int threads;
    private final WarpOperator warp;
    private final Map<FilmPart, OnnxPart> loaded = new EnumMap<>(FilmPart.class);

    /** @param threads that work on one run */
    OnnxParts(FilmGraphs graphs, int threads) {
        this.graphs = graphs;
        this.threads = threads;
        OrtLibrary.environment();
        this.warp = new WarpOperator(new OrtApi());
    }

    synchronized OnnxPart get(FilmPart part) {
        return loaded.computeIfAbsent(part, wanted -> new OnnxPart(graphs.build(wanted), warp, threads));
    }

    @Override
    public synchronized void close() {
        loaded.values().forEach(OnnxPart::close);
        loaded.clear();
        warp.close();
    }
}
