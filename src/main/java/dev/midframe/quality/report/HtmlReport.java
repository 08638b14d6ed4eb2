package dev.midframe.quality.report;

import dev.midframe.quality.EvaluationResult;
import dev.midframe.quality.SequenceResult;
import dev.midframe.quality.metric.Summary;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An evaluation as one HTML page: figures, and the worst pictures side by side. */
final class HtmlReport {

    private static final int SHOWN = 8;

    private static final String STYLE = """
            :root { color-scheme: light dark; --line: #8884; --soft: #8881; --accent: #2b7de9; }
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 1280px; margin: 2rem auto; padding: 0 1.5rem; }
            h1 { font-size: 1.7rem; margin-bottom: 0; } h2 { font-size: 1.15rem; margin-top: 2.5rem; }
            p.lead, figcaption, dd, small { color: #777; }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dt { font-weight: 600; } dd { margin: 0; }
            .wide { overflow-x: auto; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
            th, td { padding: .3rem .8rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
            th:first-child, td:first-child { text-align: left; } th { font-weight: 600; }
            tbody tr:hover { background: var(--soft); } td.best { color: var(--accent); font-weight: 600; }
            section.picture { margin: 1.5rem 0 2rem; } h3 { font-size: 1rem; margin: 0 0 .4rem; font-weight: 600; }
            .row { display: grid; grid-template-columns: repeat(3, 1fr); gap: .8rem; }
            figure { margin: 0; } img { width: 100%; display: block; border-radius: 4px; background: #000; }
            ul.failures { color: #c0392b; }
            """;

    private HtmlReport() {}

    static String of(EvaluationResult result) {
        return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Interpolation quality: %s</title>
        <style>
        %s</style>
        </head>
        <body>
        <h1>Interpolation quality</h1>
        <p class="lead">%s: real frames left out, made again from their neighbours, and compared.</p>
        <dl>
        %s</dl>
        %s
        <h2>Over all %s</h2>
        <p class="lead">Each %s of equal weight. PSNR in dB over a picture's channels, mean over pictures, and of the worst tenth of each sequence; SSIM as
        ffmpeg's filter; brightness against the neighbours, of the sequence where it is farthest off; stillness: largest
        difference from two identical neighbours, in code values.</p>
        <div class="wide"><table>
        %s</table></div>
        %s%s<h2>PSNR over R, G and B by sequence</h2>
        <div class="wide"><table>
        %s</table></div>
        <h2>Worst pictures</h2>
        <p class="lead">The worst that %s made of each sequence%s. Differences are enlarged %d times.</p>
        %s
        </body>
        </html>
        """.formatted(
                        escaped(result.material()),
                        STYLE,
                        escaped(result.material()),
                        methods(result),
                        failures(result),
                        result.groups().isEmpty() ? "sequences" : "groups",
                        result.groups().isEmpty() ? "sequence" : "group",
                        overall(result),
                        comparisons(result),
                        byGroup(result),
                        bySequence(result),
                        escaped(result.overall().getFirst().method()),
                        result.sequences().size() > SHOWN
                                ? ", " + SHOWN + " of " + result.sequences().size()
                                : "",
                        Thumbnail.DIFFERENCE_GAIN,
                        pictures(result));
    }

    private static String methods(EvaluationResult result) {
        return result.methods().entrySet().stream()
                .map(method -> "<dt>" + escaped(method.getKey()) + "</dt><dd>" + escaped(method.getValue()) + "</dd>\n")
                .collect(Collectors.joining());
    }

    private static String failures(EvaluationResult result) {
        if (result.failures().isEmpty()) {
            return "";
        }
        return result.failures().stream()
                .map(line -> "<li>" + escaped(line) + "</li>\n")
                .collect(Collectors.joining("", "<h2>Not measured</h2>\n<ul class=\"failures\">\n", "</ul>"));
    }

    private static String overall(EvaluationResult result) {
        return head(Figures.HEADINGS)
                + result.overall().stream()
                        .map(summary -> row(Figures.of(summary).stream().map(HtmlReport::cell)))
                        .collect(Collectors.joining());
    }

    private static String comparisons(EvaluationResult result) {
        if (result.comparisons().isEmpty()) {
            return "";
        }
        return table(
                "Against minterpolate with its defaults, by mean PSNR over R, G and B in dB",
                Figures.COMPARISON_HEADINGS,
                result.comparisons().stream()
                        .map(comparison -> row(Figures.of(comparison).stream().map(HtmlReport::cell))));
    }

    private static String byGroup(EvaluationResult result) {
        if (result.groups().isEmpty()) {
            return "";
        }
        Stream<String> names = result.overall().stream().map(Summary::method);
        return table(
                "PSNR over R, G and B by group",
                Stream.concat(Stream.of("group", "sequences"), names).toList(),
                result.groups().stream()
                        .map(group -> row(Stream.concat(
                                Stream.of(
                                                group.name(),
                                                Integer.toString(
                                                        group.sequences().size()))
                                        .map(HtmlReport::cell),
                                reached(group.methods())))));
    }

    private static String table(String title, List<String> headings, Stream<String> rows) {
        return "<h2>" + title + "</h2>\n<div class=\"wide\"><table>\n" + head(headings)
                + rows.collect(Collectors.joining()) + "</table></div>\n";
    }

    private static String bySequence(EvaluationResult result) {
        Stream<String> names = result.overall().stream().map(Summary::method);
        List<String> headings =
                Stream.concat(Stream.of("sequence", "size", "pictures"), names).toList();
        return head(headings)
                + result.sequences().stream().map(HtmlReport::sequence).collect(Collectors.joining());
    }

    private static String sequence(SequenceResult sequence) {
        Stream<String> facts = Stream.of(
                sequence.name(),
                sequence.width() + "×" + sequence.height(),
                Integer.toString(sequence.pictures().size()));
        return row(Stream.concat(facts.map(HtmlReport::cell), reached(sequence.methods())));
    }

    /** Mean PSNR of every method, the best one marked. */
    private static Stream<String> reached(List<Summary> methods) {
        double best = methods.stream()
                .mapToDouble(summary -> summary.psnrRgb().mean())
                .max()
                .orElseThrow();
        return methods.stream().map(summary -> {
            double psnr = summary.psnrRgb().mean();
            String text = Figures.decibels(psnr);
            return psnr == best ? "<td class=\"best\">" + text + "</td>" : cell(text);
        });
    }

    private static String pictures(EvaluationResult result) {
        return result.sequences().stream()
                .sorted(Comparator.comparingDouble(
                        sequence -> sequence.worst().score().psnrRgb()))
                .limit(SHOWN)
                .map(HtmlReport::picture)
                .collect(Collectors.joining());
    }

    private static String picture(SequenceResult sequence) {
        Exhibit worst = sequence.worst();
        return """
        <section class="picture">
        <h3>%s <small>frame %d, %s dB, SSIM %s</small></h3>
        <div class="row">
        %s%s%s</div>
        </section>
        """.formatted(
                        escaped(sequence.name()),
                        worst.index(),
                        Figures.decibels(worst.score().psnrRgb()),
                        Figures.similarity(worst.score().ssimRgb()),
                        figure(worst.real(), "real"),
                        figure(worst.generated(), "generated"),
                        figure(worst.difference(), "difference"));
    }

    private static String figure(String source, String caption) {
        return "<figure><img src=\"%s\" alt=\"%s\"><figcaption>%s</figcaption></figure>\n"
                .formatted(source, caption, caption);
    }

    private static String head(List<String> headings) {
        return headings.stream()
                .map(heading -> "<th>" + escaped(heading) + "</th>")
                .collect(Collectors.joining("", "<thead><tr>", "</tr></thead>\n"));
    }

    private static String row(Stream<String> cells) {
        return cells.collect(Collectors.joining("", "<tr>", "</tr>\n"));
    }

    private static String cell(String text) {
        return "<td>" + escaped(text) + "</td>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
