package dev.midframe.onnx;

import dev.midframe.film.Dialect;
import dev.midframe.film.FilmGraphs;
import dev.midframe.film.FilmModel;
import dev.midframe.film.FilmPart;
import dev.midframe.film.Precision;
import dev.midframe.interpolation.FrameFormat;
import java.util.EnumMap;
import java.util.Map;

/** FILM's parts for one format, each loaded when it is first asked for. */
final class OnnxParts implements AutoCloseable {

    private final FilmGraphs graphs;
    private final int threads;
    private final CpuOperators operators;
    private final Map<FilmPart, OnnxPart> loaded = new EnumMap<>(FilmPart.class);

    /**
     * @param reduction as {@link FilmGraphs} takes it
     * @param threads that work on one run
     */
    OnnxParts(FilmModel model, FrameFormat format, int reduction, int threads) {
        this.threads = threads;
        Dialect dialect = Layout.dialect(OrtLibrary.environment());
        this.graphs = new FilmGraphs(model, format, Precision.FP32, dialect, reduction);
        this.operators = new CpuOperators(new OrtApi(), dialect.block());
    }

    synchronized OnnxPart get(FilmPart part) {
        return loaded.computeIfAbsent(part, wanted -> new OnnxPart(graphs.build(wanted), operators, threads));
    }

    @Override
    public synchronized void close() {
        loaded.values().forEach(OnnxPart::close);
        loaded.clear();
        operators.close();
    }
}
