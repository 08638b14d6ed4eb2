package dev.midframe.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a person asks for.
 *
 * @param launcher the program {@code midframe}, at the same place on every machine
 * @param output a folder that every machine sees
 * @param report where the outcome of all films is written as JSON
 * @param inputs films, folders of films, globs, {@code @FILE} with one of these a line; every machine sees them
 * @param forPlan options of {@code midframe plan}
 */
record Options(String launcher, Path output, Path report, List<String> inputs, List<String> forPlan) {

    static final String USAGE =
            "usage: [--midframe PROGRAM] [--report FILE.json] IN… OUT [-- OPTIONS of 'midframe plan', such as --fps 60]";

    /** @throws IllegalArgumentException when they make no sense, in one line */
    static Options of(List<String> words) {
        String launcher = "midframe";
        Path report = null;
        List<String> names = new ArrayList<>();
        int end = words.indexOf("--");
        List<String> own = end < 0 ? words : words.subList(0, end);
        for (int i = 0; i < own.size(); i++) {
            String word = own.get(i);
            if (word.startsWith("--") && i + 1 == own.size()) {
                throw new IllegalArgumentException(word + " needs a value; " + USAGE);
            }
            switch (word) {
                case "--midframe" -> launcher = own.get(++i);
                case "--report" -> report = Path.of(own.get(++i));
                default -> {
                    if (word.startsWith("-")) {
                        throw new IllegalArgumentException("there is no option " + word + "; " + USAGE);
                    }
                    names.add(word);
                }
            }
        }
        if (names.size() < 2) {
            throw new IllegalArgumentException(USAGE);
        }
        Path output = Path.of(names.remove(names.size() - 1)).toAbsolutePath();
        if (Files.exists(output) && !Files.isDirectory(output)) {
            throw new IllegalArgumentException(output + " is no folder; name one for the films");
        }
        return new Options(
                launcher,
                output,
                report == null ? output.resolve("report.json") : report.toAbsolutePath(),
                List.copyOf(names),
                end < 0 ? List.of() : List.copyOf(words.subList(end + 1, words.size())));
    }
}
