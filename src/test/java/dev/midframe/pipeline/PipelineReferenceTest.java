package dev.midframe.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.testkit.GeneratedPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/reference/pipelines.md names every file of pipelines/ and its variables. */
class PipelineReferenceTest {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([a-zA-Z][a-zA-Z0-9_-]*)(?::-([^}]*))?}");

    @Test
    void namesEveryPipelineAndItsVariables() throws IOException {
        List<List<String>> rows;
        try (Stream<Path> files = Files.list(Path.of("pipelines"))) {
            rows = files.filter(file -> file.toString().endsWith(".gst"))
                    .sorted()
                    .map(PipelineReferenceTest::row)
                    .toList();
        }
        assertThat(rows).hasSizeGreaterThan(10);
        new GeneratedPart("reference/pipelines.md")
                .is(GeneratedPart.table(List.of("file", "what it does", "variables and their defaults"), rows));
    }

    private static List<String> row(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            String comment = lines.stream()
                    .takeWhile(line -> line.startsWith("#") && line.length() > 1)
                    .map(line -> line.substring(1).strip())
                    .collect(Collectors.joining(" "));
            String name = file.getFileName().toString();
            return List.of(
                    "[" + name + "](../../pipelines/" + name + ")",
                    comment.split("[.](?=\\s|$)", 2)[0],
                    variables(lines));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String variables(List<String> lines) {
        Map<String, String> defaults = new LinkedHashMap<>();
        lines.stream()
                .filter(line -> !line.startsWith("#"))
                .flatMap(line -> VARIABLE.matcher(line).results())
                .forEach(match -> defaults.putIfAbsent(match.group(1), match.group(2)));
        return defaults.entrySet().stream()
                .map(entry -> "`" + entry.getKey() + (entry.getValue() == null ? "`" : "=" + entry.getValue() + "`"))
                .collect(Collectors.joining(", "));
    }
}
