package dev.midframe.tensorrt.measure;

import dev.midframe.film.network.FilmPart;
import java.util.List;

/**
 * How fast one of FILM's engines is alone, over zeros.
 *
 * @param part which one
 * @param built whether it had to be built
 * @param openSeconds with building, where it was built
 * @param runs that were timed
 * @param medianMillis of a run, as a CUDA graph, by CUDA events
 * @param p99Millis likewise
 * @param layers the slowest first; empty where no profile was asked for
 */
public record PartMeasurement(
        FilmPart part,
        boolean built,
        double openSeconds,
        int runs,
        double medianMillis,
        double p99Millis,
        List<LayerTime> layers) {

    public PartMeasurement {
        layers = List.copyOf(layers);
    }
}
