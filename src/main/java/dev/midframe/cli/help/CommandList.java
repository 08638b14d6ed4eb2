package dev.midframe.cli.help;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The commands in the program's help, grouped by what they are used for. */
public final class CommandList implements IHelpSectionRenderer {

    public static final String OTHERS = "Others";

    private static final SequencedMap<String, List<String>> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put("Video", List.of("convert", "play", "capture", "serve", "run", "interpolate", "demo"));
        GROUPS.put("Archives", List.of("plan", "part", "join"));
        GROUPS.put("Set up", List.of("doctor", "models", "plugin", "tensorrt", "engines"));
        GROUPS.put("Measure", List.of("inspect", "eval", "bench", "gpu-check"));
        GROUPS.put("Help", List.of("help", "topics", "completion"));
    }

    private static final int NAMES = 15;
    private static final int INDENT = 2;

    /** The heading under which a command stands. */
    public static String group(String command) {
        return GROUPS.entrySet().stream()
                .filter(group -> group.getValue().contains(command))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(OTHERS);
    }

    @Override
    public String render(Help help) {
        var text = new StringBuilder();
        GROUPS.forEach((heading, names) -> {
            TextTable table = table(help);
            names.stream()
                    .map(help.subcommands()::get)
                    .filter(command -> command != null)
                    .forEach(command -> add(table, command));
            append(text, heading, table);
        });
        TextTable others = table(help);
        Predicate<Help> unlisted =
                command -> group(command.commandSpec().name()).equals(OTHERS);
        help.subcommands().values().stream().filter(unlisted).forEach(command -> add(others, command));
        append(text, OTHERS, others);
        return text.toString();
    }

    private static TextTable table(Help help) {
        int width = help.commandSpec().usageMessage().width();
        return TextTable.forColumns(
                help.colorScheme(),
                new Column(NAMES, INDENT, Overflow.SPAN),
                new Column(width - NAMES, INDENT, Overflow.WRAP));
    }

    private static void add(TextTable table, Help command) {
        UsageMessageSpec usage = command.commandSpec().usageMessage();
        Stream<String> lines = Stream.of(usage.header(), usage.description()).flatMap(Stream::of);
        table.addRowValues(command.commandSpec().name(), lines.findFirst().orElse(""));
    }

    private static void append(StringBuilder text, String heading, TextTable table) {
        if (table.rowCount() > 0) {
            text.append(System.lineSeparator())
                    .append(heading)
                    .append(':')
                    .append(System.lineSeparator())
                    .append(table);
        }
    }
}
