package dev.midframe.quality.metric;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A measure over several pictures.
 *
 * @param mean arithmetic mean
 * @param worstTenth mean of the least tenth of them, of at least one
 * @param worst the least
 */
public record Spread(double mean, double worstTenth, double worst) {

    static <T> Spread ofPictures(List<T> pictures, ToDoubleFunction<T> measure) {
        double[] values = pictures.stream().mapToDouble(measure).sorted().toArray();
        int tenth = Math.ceilDiv(values.length, 10);
        return new Spread(
                Arrays.stream(values).average().orElseThrow(),
                Arrays.stream(values, 0, tenth).average().orElseThrow(),
                values[0]);
    }

    /** Of several sequences: means of the means and of the worst tenths, each sequence of equal weight. */
    static Spread ofSequences(List<Spread> parts) {
        return new Spread(
                parts.stream().mapToDouble(Spread::mean).average().orElseThrow(),
                parts.stream().mapToDouble(Spread::worstTenth).average().orElseThrow(),
                parts.stream().mapToDouble(Spread::worst).min().orElseThrow());
    }
}
