package dev.midframe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.cli.help.CommandList;
import dev.midframe.testkit.GeneratedPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** docs/reference/cli.md is made from the commands' own help. */
class CommandReferenceTest {

    /** Every command has these. */
    private static final Set<String> EVERYWHERE = Set.of("--help", "--version", "--debug");

    @Test
    void isTheCommandsOwnHelp() throws IOException {
        var page = new StringBuilder();
        for (CommandLine command : Midframe.commandLine().getSubcommands().values()) {
            describe(command, page);
        }
        new GeneratedPart("reference/cli.md").is(page.toString());
    }

    @Test
    void everyCommandIsInAGroupOfTheHelp() {
        assertThat(CommandRun.of("--help").output()).doesNotContain(CommandList.OTHERS + ":");
    }

    @Test
    void everyPageThatTopicsNamesIsThere() {
        String topics = String.join("\n", CommandRun.of("topics").output());
        List<String> pages = Pattern.compile("[a-z-]+\\.md")
                .matcher(topics)
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(pages).isNotEmpty().allSatisfy(page -> assertThat(
                        Files.exists(Path.of("docs/guide", page)) || Files.exists(Path.of("docs/reference", page)))
                .as(page)
                .isTrue());
    }

    @Test
    void completionIsAScriptForEveryCommand() {
        var run = CommandRun.of("completion");
        assertThat(run.exitCode()).isZero();
        assertThat(String.join("\n", run.output())).contains("complete -F", "convert", "gpu-check", "--against");
    }

    private static void describe(CommandLine line, StringBuilder page) {
        CommandSpec command = line.getCommandSpec();
        if (command.usageMessage().hidden() || command.name().equals("help")) {
            return;
        }
        String name = command.qualifiedName().replaceFirst("^midframe ", "");
        page.append("## ").append(name).append("\n\n");
        page.append(String.join(" ", command.usageMessage().description())).append("\n\n");
        page.append("    ").append(synopsis(command)).append("\n\n");
        List<List<String>> rows = new ArrayList<>();
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            rows.add(List.of("`" + parameter.paramLabel() + "`", meaning(parameter)));
        }
        for (OptionSpec option : command.options()) {
            if (!option.hidden() && !EVERYWHERE.contains(option.longestName())) {
                rows.add(List.of("`" + String.join("`, `", option.names()) + "`" + value(option), meaning(option)));
            }
        }
        if (!rows.isEmpty()) {
            page.append(GeneratedPart.table(List.of("argument or option", "meaning"), rows))
                    .append('\n');
        }
        String footer = Arrays.stream(command.usageMessage().footer())
                .map(text -> text.isBlank() ? "" : "    " + text)
                .collect(Collectors.joining("\n"))
                .stripTrailing();
        if (!footer.isBlank()) {
            page.append(footer.replaceFirst("^\\n+", "")).append("\n\n");
        }
        for (CommandLine below : line.getSubcommands().values()) {
            describe(below, page);
        }
    }

    private static String synopsis(CommandSpec command) {
        String options = command.options().stream().allMatch(option -> EVERYWHERE.contains(option.longestName()))
                ? ""
                : " [OPTION...]";
        String below = command.subcommands().isEmpty() ? "" : " [COMMAND]";
        String parameters = command.positionalParameters().stream()
                .map(parameter -> {
                    String label =
                            parameter.paramLabel() + (parameter.typeInfo().isMultiValue() ? "..." : "");
                    return parameter.required() ? " " + label : " [" + label + "]";
                })
                .collect(Collectors.joining());
        return command.qualifiedName() + options + parameters + below;
    }

    private static String value(OptionSpec option) {
        return option.arity().max() == 0 ? "" : " `" + option.paramLabel() + "`";
    }

    private static String meaning(ArgSpec argument) {
        return String.join(" ", argument.description());
    }
}
