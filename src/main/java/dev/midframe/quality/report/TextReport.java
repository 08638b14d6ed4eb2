package dev.midframe.quality.report;

import dev.midframe.quality.EvaluationResult;
import dev.midframe.quality.SequenceResult;
import dev.midframe.quality.metric.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** An evaluation as plain text for a terminal. */
public final class TextReport {

    private TextReport() {}

    /** Two tables: PSNR by sequence and method, and everything by method. */
    public static String of(EvaluationResult result) {
        StringBuilder text = new StringBuilder();
        result.methods()
                .forEach((name, description) ->
                        text.append(name).append(": ").append(description).append('\n'));
        text.append("\nPSNR over R, G and B in dB, mean of each sequence's pictures\n")
                .append(bySequence(result));
        text.append("\nOver all sequences, each of equal weight\n").append(byMethod(result));
        return text.toString();
    }

    private static Table bySequence(EvaluationResult result) {
        Table table = new Table();
        List<String> names = result.overall().stream().map(Summary::method).toList();
        table.row(concat(Stream.of("sequence", "size", "pictures"), names.stream()));
        for (SequenceResult sequence : result.sequences()) {
            table.row(concat(
                    Stream.of(
                            sequence.name(),
                            sequence.width() + "x" + sequence.height(),
                            Integer.toString(sequence.pictures().size())),
                    sequence.methods().stream()
                            .map(summary -> Figures.decibels(summary.psnrRgb().mean()))));
        }
        return table;
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
