package dev.midframe.quality;

import dev.midframe.quality.method.Minterpolate;
import dev.midframe.quality.metric.PairedComparison;
import dev.midframe.quality.metric.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A whole evaluation.
 *
 * @param material what was measured on, as the user named it
 * @param methods descriptions by name, the measured engine first
 * @param overall one a method: the mean over the groups or, without any, over the sequences, each of equal weight
 * @param comparisons of every method with ffmpeg's minterpolate with its defaults, by sequences and by groups; empty without it
 * @param groups in order of their first sequence; empty where none were asked for
 * @param sequences in order
 * @param failures one line for each sequence that could not be measured, or not shown in a picture
 */
public record EvaluationResult(
        String material,
        Map<String, String> methods,
        List<Summary> overall,
        List<PairedComparison> comparisons,
        List<GroupResult> groups,
        List<SequenceResult> sequences,
        List<String> failures) {

    /** Of sequences that each stand for themselves. */
    static EvaluationResult of(
            String material, Map<String, String> methods, List<SequenceResult> sequences, List<String> failures) {
        return summarized(material, methods, List.of(), sequences, failures);
    }

    /**
     * The same pictures, where a group counts once, however many sequences it has.
     *
     * @param groupOf the group by the name of a sequence
     */
    public EvaluationResult grouped(Function<String, String> groupOf) {
        Map<String, List<SequenceResult>> parts = new LinkedHashMap<>();
        sequences.forEach(sequence -> parts.computeIfAbsent(groupOf.apply(sequence.name()), name -> new ArrayList<>())
                .add(sequence));
        List<GroupResult> measured = parts.entrySet().stream()
                .map(part -> new GroupResult(
                        part.getKey(),
                        part.getValue().stream().map(SequenceResult::name).toList(),
                        joined(part.getValue().stream()
                                .map(SequenceResult::methods)
                                .toList())))
                .toList();
        return summarized(material, methods, measured, sequences, failures);
    }

    private static EvaluationResult summarized(
            String material,
            Map<String, String> methods,
            List<GroupResult> groups,
            List<SequenceResult> sequences,
            List<String> failures) {
        List<List<Summary>> bySequence =
                sequences.stream().map(SequenceResult::methods).toList();
        List<List<Summary>> byGroup = groups.stream().map(GroupResult::methods).toList();
        List<PairedComparison> comparisons = new ArrayList<>(compared("sequence", bySequence));
        comparisons.addAll(compared("group", byGroup));
        return new EvaluationResult(
                material,
                methods,
                joined(groups.isEmpty() ? bySequence : byGroup),
                comparisons,
                groups,
                sequences,
                failures);
    }

    /** One a method, of lists that each have one a method. */
    private static List<Summary> joined(List<List<Summary>> parts) {
        return IntStream.range(0, parts.getFirst().size())
                .mapToObj(method -> Summary.ofSequences(
                        parts.getFirst().get(method).method(),
                        parts.stream().map(part -> part.get(method)).toList()))
                .toList();
    }

    private static List<PairedComparison> compared(String unit, List<List<Summary>> parts) {
        List<String> names = parts.isEmpty()
                ? List.of()
                : parts.getFirst().stream().map(Summary::method).toList();
        int baseline = names.indexOf(Minterpolate.DEFAULT_NAME);
        return IntStream.range(0, names.size())
                .filter(method -> baseline >= 0 && method != baseline)
                .mapToObj(method -> PairedComparison.of(
                        names.get(method), names.get(baseline), unit, psnr(parts, method), psnr(parts, baseline)))
                .toList();
    }

    private static double[] psnr(List<List<Summary>> parts, int method) {
        return parts.stream()
                .mapToDouble(part -> part.get(method).psnrRgb().mean())
                .toArray();
    }
}
