package dev.midframe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class MidframeTest {

    static Stream<String> commands() {
        return Midframe.commandLine().getSubcommands().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItself(String command) {
        var output = new StringWriter();
        CommandLine midframe = Midframe.commandLine().setOut(new PrintWriter(output));
        assertThat(midframe.execute(command, "--help")).isZero();
        assertThat(output.toString())
                .contains("Usage: midframe " + command)
                // As people type them.
                .doesNotContainPattern("default:\\s+[A-Z]{2,}\\b");
    }

    @Test
    void helpTellsOfEveryCommandAndOfOne() {
        for (String[] words : new String[][] {{"help"}, {"help", "models"}}) {
            var output = new StringWriter();
            assertThat(Midframe.commandLine(words)
                            .setOut(new PrintWriter(output))
                            .execute(words))
                    .isZero();
            assertThat(output.toString()).contains("Usage: midframe", "models");
        }
    }

    @Test
    void unknownCommandIsAWrongCommand() {
        var output = new StringWriter();
        assertThat(Midframe.commandLine().setErr(new PrintWriter(output)).execute("interpolte"))
                .isEqualTo(2);
        assertThat(output.toString())
                .startsWith(
                        "midframe: 'interpolte' is no command of midframe, and no file that is here; there are convert,")
                .doesNotContain("rehearse");
    }

    @Test
    void unknownCommandOfACommandIsToldWithThoseThatThereAre() {
        var run = CommandRun.of("plugin", "instal");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors().getFirst())
                .startsWith("midframe: 'instal' is no command of plugin; there are ")
                .contains("install", "status", "remove");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandNamedFirstIsFoundByTheNameThatItBears(String command) {
        assumeFalse(Set.of("help", "topics", "completion").contains(command), "it is about all commands");
        assertThat(Midframe.commandLine(command, "--help").getSubcommands()).containsOnlyKeys(command);
    }

    @Test
    void theVersionIsThatOfTheBuild() throws Exception {
        var output = new StringWriter();
        assertThat(Midframe.commandLine().setOut(new PrintWriter(output)).execute("--version"))
                .isZero();
        String version = output.toString().strip().replaceFirst("midframe ", "");
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<artifactId>midframe</artifactId>\n  <version>" + version + "</version>");
    }

    @Test
    void anOptionBeforeTheCommandLeavesAllToChooseFrom() {
        var output = new StringWriter();
        String[] words = {"--debug", "models", "list"};
        assertThat(Midframe.commandLine(words).setOut(new PrintWriter(output)).execute(words))
                .isZero();
        assertThat(output.toString()).contains("film-lite");
    }
}
