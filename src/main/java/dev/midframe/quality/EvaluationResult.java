package dev.midframe.quality;

import dev.midframe.quality.metric.Summary;
import java.util.List;
import java.util.Map;

/**
 * A whole evaluation.
 *
 * @param material what was measured on, as the user named it
 * @param methods descriptions by name, the measured engine first
 * @param overall one a method: the mean over the sequences, each of equal weight
 * @param sequences in order
 * @param failures one line for each sequence that could not be measured, or not shown in a picture
 */
public record EvaluationResult(
        String material,
        Map<String, String> methods,
        List<Summary> overall,
        List<SequenceResult> sequences,
        List<String> failures) {}
