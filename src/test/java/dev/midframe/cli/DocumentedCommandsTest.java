package dev.midframe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.testkit.Ffmpeg;
import dev.midframe.testkit.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.ParameterException;

/**
 * The commands in README and docs/. Blocks below {@code <!-- tested -->} run as they stand, in an empty folder with a short
 * film; of all others it is checked that the commands and options exist.
 */
class DocumentedCommandsTest {

    private static final Pattern TESTED = Pattern.compile("<!-- tested -->\\n\\n((?:    .*\\n|\\n(?=    ))+)");
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^    (?:[A-Z_]+=\\S+ )?\\./midframe ([a-z](?:'[^']*'|\\\\\\n|[^'\\n])*)");
    private static final Pattern WORD = Pattern.compile("'[^']*'|\"[^\"]*\"|[^\\s'\"]+");

    /** What the commands expect of the checkout. */
    private static final List<String> LINKS = List.of("pipelines", "config", "docs");

    @TestFactory
    Stream<DynamicTest> testedBlocksRun(@TempDir Path folder) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : pages()) {
            List<String> blocks = TESTED.matcher(Files.readString(page))
                    .results()
                    .map(match -> match.group(1).replaceAll("(?m)^    ", ""))
                    .toList();
            for (int i = 0; i < blocks.size(); i++) {
                String block = blocks.get(i);
                Path home = folder.resolve(page.toString().replace('/', '-') + i);
                tests.add(DynamicTest.dynamicTest(
                        page + ": " + block.lines().findFirst().orElse(""), () -> run(block, home)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(5);
        return tests.stream();
    }

    @Test
    void allOthersNameCommandsAndOptionsThatExist() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path page : pages()) {
            for (String command : COMMAND.matcher(Files.readString(page))
                    .results()
                    .map(match -> match.group(1))
                    .filter(line -> !line.startsWith("test") && !line.matches("[a-z]+\\.[a-z0-9]+"))
                    .toList()) {
                try {
                    String[] words = words(command);
                    Midframe.commandLine(words).parseArgs(words);
                } catch (ParameterException e) {
                    wrong.add(page + ": " + command + ": " + e.getMessage());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static void run(String block, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("holiday"));
        Path root = Path.of("").toAbsolutePath();
        for (String name : LINKS) {
            Files.createSymbolicLink(folder.resolve(name), root.resolve(name));
        }
        film(folder);
        Files.writeString(folder.resolve("midframe"), launcher(folder));
        assertThat(folder.resolve("midframe").toFile().setExecutable(true)).isTrue();
        Process shell = new ProcessBuilder("bash", "-e", "-o", "pipefail", "-c", block)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(block + output).isZero();
        for (String link : LINKS) {
            Files.delete(folder.resolve(link));
        }
    }

    private static void film(Path folder) throws IOException, InterruptedException {
        String film = folder.resolve("film.mp4").toString();
        List<String> pictures = List.of("-f", "lavfi", "-i", "testsrc2=s=128x96:r=24:d=0.5", "-pix_fmt", "yuv420p");
        List<String> sound = List.of("-f", "lavfi", "-i", "sine=d=0.5");
        Ffmpeg.ffmpeg(Stream.of(pictures.subList(0, 4), sound, pictures.subList(4, 6), List.of(film))
                .flatMap(List::stream)
                .toArray(String[]::new));
        for (String copy : List.of("film.mkv", "in.mp4", "holiday/one.mp4")) {
            Ffmpeg.ffmpeg("-i", film, "-c", "copy", folder.resolve(copy).toString());
        }
        for (String time : List.of("0", "0.1")) {
            String picture =
                    folder.resolve(time.equals("0") ? "a.png" : "b.png").toString();
            Ffmpeg.ffmpeg("-ss", time, "-i", film, "-frames:v", "1", picture);
        }
    }

    /** Runs the program that is under test, where the real one would build first. */
    private static String launcher(Path folder) {
        ProcessBuilder program = Program.builder(folder);
        String words = program.command().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        return "#!/bin/sh\nexport MIDFRAME_HOME='" + program.environment().get("MIDFRAME_HOME") + "'\nexec " + words
                + " \"$@\"\n";
    }

    /** As a shell would split them, up to a comment, a pipe or a redirection. */
    private static String[] words(String line) {
        String[] words = WORD.matcher(line).results().map(MatchResult::group).toArray(String[]::new);
        return Arrays.stream(words)
                .takeWhile(word -> !word.matches("#.*|[|>&;]+"))
                .filter(word -> !word.equals("\\"))
                .map(word -> word.replaceAll("^'|'$|^\"|\"$", ""))
                .toArray(String[]::new);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md")), files.filter(file -> file.toString()
                            .endsWith(".md")))
                    .sorted()
                    .toList();
        }
    }
}
