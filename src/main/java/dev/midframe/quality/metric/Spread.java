package dev.midframe.quality.metric;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A measure over several pictures.
 *
 * @param mean arithmetic mean
 * @param worst the least
 */
public record Spread(double mean, double worst) {

    static <T> Spread of(List<T> parts, ToDoubleFunction<T> mean, ToDoubleFunction<T> worst) {
        return new Spread(
                parts.stream().mapToDouble(mean).average().orElseThrow(),
                parts.stream().mapToDouble(worst).min().orElseThrow());
    }
}
