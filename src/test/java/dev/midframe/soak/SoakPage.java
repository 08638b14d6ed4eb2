package dev.midframe.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The verdict and one curve a figure, as a page that needs nothing beside itself. */
record SoakPage(String title, List<Sample> samples, Verdict verdict) {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 120;
    private static final String HEAD = """
            <!doctype html>
            <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>%1$s</title>
            <style>
            :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
            body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
            table { border-collapse: collapse; } td, th { padding: .25rem .75rem .25rem 0; text-align: left; }
            svg { width: 100%%; height: auto; } polyline { fill: none; stroke: #0a7d6c; stroke-width: 2; }
            line { stroke: #8886; } text { font-size: 13px; fill: currentColor; } .broken { color: #c62828; font-weight: 600; }
            </style>
            <h1>%1$s</h1>
            """;

    void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, html());
    }

    private String html() {
        return HEAD.formatted(title)
                + "<table><tr><th>What<th>Bound<th>Found</tr>\n"
                + verdict.checks().stream()
                        .map(check -> "<tr%s><td>%s<td>%s<td>%s</tr>\n"
                                .formatted(
                                        check.kept() ? "" : " class=\"broken\"",
                                        check.name(),
                                        check.bound(),
                                        check.found()))
                        .collect(Collectors.joining())
                + "</table>\n"
                + curve("Memory (RSS), MB", Sample::rssMegabytes)
                + curve("Descriptors", Sample::descriptors)
                + curve("Threads", Sample::threads)
                + curve("Longest gap while the source lives, ms", Sample::gapMillis)
                + curve("Lateness (99 %), ms", Sample::lateMillis)
                + curve("Pictures to good clients", Sample::pictures)
                + "</html>\n";
    }

    private String curve(String name, ToDoubleFunction<Sample> figure) {
        double highest = Math.max(1, samples.stream().mapToDouble(figure).max().orElse(1));
        double last = Math.max(1, samples.isEmpty() ? 1 : samples.getLast().seconds());
        String points = samples.stream()
                .map(sample -> words(
                        "%.1f,%.1f",
                        WIDTH * sample.seconds() / last, HEIGHT * (1 - figure.applyAsDouble(sample) / highest)))
                .collect(Collectors.joining(" "));
        return words(
                """
                <h2>%s</h2>
                <svg viewBox="0 -16 %d %d" role="img" aria-label="%s over time">
                <line x1="0" y1="0" x2="%d" y2="0"/><line x1="0" y1="%d" x2="%d" y2="%d"/>
                <polyline points="%s"/>
                <text x="0" y="-4">%.0f</text><text x="0" y="%d">0</text><text x="%d" y="%d" text-anchor="end">%.1f min</text>
                </svg>
                """,
                name,
                WIDTH,
                HEIGHT + 34,
                name,
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT,
                points,
                highest,
                HEIGHT + 16,
                WIDTH,
                HEIGHT + 16,
                last / 60);
    }

    private static String words(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
