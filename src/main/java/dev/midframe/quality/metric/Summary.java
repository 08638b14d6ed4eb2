package dev.midframe.quality.metric;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one method reached over the pictures of a sequence, or over several sequences, each of equal weight.
 *
 * @param method its name
 * @param pictures how many were made
 * @param psnrRgb dB
 * @param psnrY dB
 * @param ssimRgb -1 to 1
 * @param ssimY -1 to 1
 * @param brightness relative difference of the made pictures' mean luma from their neighbours': 0.001 is 0.1 % brighter;
 *     over several sequences the one farthest from 0
 * @param stillness largest difference from two identical neighbours in code values; null where it is 0 by definition
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Summary(
        String method,
        int pictures,
        Spread psnrRgb,
        Spread psnrY,
        Spread ssimRgb,
        Spread ssimY,
        double brightness,
        @Nullable Integer stillness) {

    public static Summary ofPictures(String method, List<Score> scores, @Nullable Integer stillness) {
        double luma = scores.stream().mapToDouble(Score::luma).sum();
        double neighbours = scores.stream().mapToDouble(Score::neighboursLuma).sum();
        return new Summary(
                method,
                scores.size(),
                spread(scores, Score::psnrRgb),
                spread(scores, Score::psnrY),
                spread(scores, Score::ssimRgb),
                spread(scores, Score::ssimY),
                neighbours == 0 ? 0 : luma / neighbours - 1,
                stillness);
    }

    public static Summary ofSequences(String method, List<Summary> parts) {
        return new Summary(
                method,
                parts.stream().mapToInt(Summary::pictures).sum(),
                joined(parts, Summary::psnrRgb),
                joined(parts, Summary::psnrY),
                joined(parts, Summary::ssimRgb),
                joined(parts, Summary::ssimY),
                parts.stream().map(Summary::brightness).reduce(0.0, Summary::farther),
                parts.stream()
                        .map(Summary::stillness)
                        .filter(Objects::nonNull)
                        .max(Integer::compare)
                        .orElse(null));
    }

    private static Spread spread(List<Score> scores, ToDoubleFunction<Score> measure) {
        return Spread.ofPictures(scores, measure);
    }

    private static Spread joined(List<Summary> parts, Function<Summary, Spread> measure) {
        return Spread.ofSequences(parts.stream().map(measure).toList());
    }

    private static double farther(double a, double b) {
        return Math.abs(a) >= Math.abs(b) ? a : b;
    }
}
