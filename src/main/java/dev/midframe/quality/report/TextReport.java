package dev.midframe.quality.report;

import dev.midframe.quality.EvaluationResult;
import dev.midframe.quality.GroupResult;
import dev.midframe.quality.SequenceResult;
import dev.midframe.quality.metric.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** An evaluation as plain text for a terminal. */
public final class TextReport {

    private TextReport() {}

    /** PSNR by sequence, group and method; everything by method; and each method beside minterpolate. */
    public static String of(EvaluationResult result) {
        StringBuilder text = new StringBuilder();
        result.methods()
                .forEach((name, description) ->
                        text.append(name).append(": ").append(description).append('\n'));
        text.append("\nPSNR over R, G and B in dB, mean of each sequence's pictures\n")
                .append(bySequence(result));
        if (!result.groups().isEmpty()) {
            text.append("\nThe same by group, each of its sequences of equal weight\n")
                    .append(byGroup(result));
        }
        text.append(result.groups().isEmpty() ? "\nOver all sequences" : "\nOver all groups")
                .append(", each of equal weight\n")
                .append(byMethod(result));
        if (!result.comparisons().isEmpty()) {
            text.append("\nAgainst minterpolate with its defaults, by mean PSNR over R, G and B in dB\n")
                    .append(comparisons(result));
        }
        return text.toString();
    }

    private static Table bySequence(EvaluationResult result) {
        Table table = new Table();
        table.row(concat(Stream.of("sequence", "size", "pictures"), names(result)));
        for (SequenceResult sequence : result.sequences()) {
            table.row(concat(
                    Stream.of(
                            sequence.name(),
                            sequence.width() + "x" + sequence.height(),
                            Integer.toString(sequence.pictures().size())),
                    means(sequence.methods())));
        }
        return table;
    }

    private static Table byGroup(EvaluationResult result) {
        Table table = new Table();
        table.row(concat(Stream.of("group", "sequences"), names(result)));
        for (GroupResult group : result.groups()) {
            table.row(concat(
                    Stream.of(group.name(), Integer.toString(group.sequences().size())), means(group.methods())));
        }
        return table;
    }

    private static Table comparisons(EvaluationResult result) {
        Table table = new Table();
        table.row(Figures.COMPARISON_HEADINGS);
        result.comparisons().forEach(comparison -> table.row(Figures.of(comparison)));
        return table;
    }

    private static Stream<String> names(EvaluationResult result) {
        return result.overall().stream().map(Summary::method);
    }

    private static Stream<String> means(List<Summary> methods) {
        return methods.stream()
                .map(summary -> Figures.decibels(summary.psnrRgb().mean()));
    }

    private static Table byMethod(EvaluationResult result) {
        Table table = new Table();
        table.row(Figures.HEADINGS);
        result.overall().forEach(summary -> table.row(Figures.of(summary)));
        return table;
    }

    private static List<String> concat(Stream<String> first, Stream<String> rest) {
        return new ArrayList<>(Stream.concat(first, rest).toList());
    }
}
