package dev.midframe.cli.gpucheck;

import dev.midframe.film.graph.Precision;
import dev.midframe.film.network.FilmPart;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.support.AtomicFile;
import dev.midframe.tensorrt.measure.LayerTime;
import dev.midframe.tensorrt.measure.PartMeasurement;
import dev.midframe.video.FrameFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Some of FILM's engines, each alone: how long they take, and where in them the time goes.
 *
 * @param parts which ones
 * @param seconds how long each is measured
 * @param profile whether the slowest layers are printed
 * @param json where the figures go after every part, null for nowhere
 */
record PartCheck(
        List<FilmPart> parts,
        double seconds,
        boolean profile,
        @Nullable Path json) {

    /** Layers that are printed; the JSON has all. */
    private static final int SLOWEST = 40;

    /** A row; without a measurement, why. */
    private record Row(
            String model,
            String size,
            Precision precision,
            FilmPart part,
            @Nullable PartMeasurement measurement,
            @Nullable String failure) {}

    /**
     * Measures.
     *
     * @param models what engines find each by, by name
     * @param stopped ends it after the part that is being measured when it says so
     * @return whether every part could be measured
     * @throws IOException when the figures cannot be written
     */
    boolean run(
            GpuUnderTest gpu,
            Map<String, String> models,
            List<FrameFormat> formats,
            List<Precision> precisions,
            int device,
            BooleanSupplier stopped,
            PrintWriter out)
            throws IOException {
        List<Row> rows = new ArrayList<>();
        for (var model : models.entrySet()) {
            for (FrameFormat format : formats) {
                EngineRequest request = new EngineRequest(format, model.getValue(), Backend.TENSORRT, 1, 0, device);
                for (Precision precision : precisions) {
                    for (FilmPart part : parts) {
                        Row row = row(gpu, model.getKey(), request, precision, part);
                        if (stopped.getAsBoolean()) {
                            out.println("stopped; the rows above are complete");
                            return false;
                        }
                        rows.add(row);
                        print(row, out);
                        if (json != null) {
                            new AtomicFile(json).writeJson(rows);
                        }
                    }
                }
            }
        }
        return rows.stream().allMatch(row -> row.measurement != null);
    }

    private Row row(GpuUnderTest gpu, String model, EngineRequest request, Precision precision, FilmPart part) {
        String size = request.format().width() + "x" + request.format().height();
        try {
            PartMeasurement measured = gpu.measurePart(request, precision, part, seconds, profile);
            return new Row(model, size, precision, part, measured, null);
        } catch (InterpolationException e) {
            return new Row(model, size, precision, part, null, e.getMessage());
        }
    }

    private static void print(Row row, PrintWriter out) {
        out.printf("%-12s %-10s %-5s %-8s ", row.model, row.size, row.precision, row.part);
        PartMeasurement m = row.measurement;
        if (m == null) {
            out.println(row.failure);
        } else {
            out.printf(
                    Locale.ROOT,
                    "median %.3f ms, p99 %.3f ms, %d runs, opened in %.1f s%s%n",
                    m.medianMillis(),
                    m.p99Millis(),
                    m.runs(),
                    m.openSeconds(),
                    m.built() ? " with building" : "");
            m.layers().stream().limit(SLOWEST).forEach(layer -> print(layer, out));
        }
        out.flush();
    }

    private static void print(LayerTime layer, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "  %8.3f ms %5.1f%%  %-20s %-24s %s  %s%n",
                layer.millis(),
                100 * layer.share(),
                layer.type(),
                layer.formats(),
                layer.layer(),
                layer.kernel());
    }
}
