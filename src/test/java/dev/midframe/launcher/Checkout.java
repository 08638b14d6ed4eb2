package dev.midframe.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A copy of what a newcomer unpacks. Its launcher runs as from cron: in an empty environment, whose locale knows ASCII alone.
 *
 * @param folder where it lies
 */
record Checkout(Path folder) {

    private static final List<String> FILES = List.of("midframe", "pom.xml", "native", "pipelines", "src/main");

    /**
     * What a run came to.
     *
     * @param output lines of standard output
     * @param messages lines of standard error
     */
    record Run(int exitCode, List<String> output, List<String> messages) {}

    /** Without what was built. */
    static Checkout unpackedTo(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var copy = new ArrayList<>(List.of("cp", "--archive", "--parents"));
        copy.addAll(FILES);
        copy.add(folder.toString());
        run(new ProcessBuilder(copy));
        return new Checkout(folder);
    }

    /** With what was built. */
    Checkout copiedTo(Path copy) throws IOException, InterruptedException {
        run(new ProcessBuilder("cp", "--archive", folder.toString(), copy.toString()));
        return new Checkout(copy);
    }

    Path target(String name) throws IOException {
        return Files.createDirectories(folder.resolve("target")).resolve(name);
    }

    Run midframe(String... arguments) throws IOException, InterruptedException {
        return run(launcher(Map.of(), List.of(), arguments));
    }

    /**
     * The launcher, not yet started.
     *
     * @param environment beside what every run has
     * @param within the command that starts it, such as one that takes the network away
     */
    ProcessBuilder launcher(Map<String, String> environment, List<String> within, String... arguments) {
        var command = new ArrayList<>(within);
        command.add(folder.resolve("midframe").toString());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        String path = System.getenv("PATH");
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        path,
                        "LC_ALL",
                        "C",
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "MIDFRAME_NO_INSTALL",
                        "1"));
        builder.environment().putAll(environment);
        return builder;
    }

    static Run run(ProcessBuilder builder) throws IOException, InterruptedException {
        Path messages = Files.createTempFile("messages", ".txt");
        try {
            Process process = builder.redirectError(messages.toFile()).start();
            List<String> output = process.inputReader().lines().toList();
            return new Run(process.waitFor(), output, Files.readAllLines(messages));
        } finally {
            Files.delete(messages);
        }
    }
}
