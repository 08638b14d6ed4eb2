package dev.midframe.testkit;

import dev.midframe.cli.Midframe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program as a user has it: a process of its own, with what it prints and its exit code. */
public final class Program {

    /**
     * What a run came to.
     *
     * @param output standard output and error together
     */
    public record Result(int exitCode, String output) {}

    private Program() {}

    public static Result run(Path folder, String... arguments) throws IOException, InterruptedException {
        Process process = start(folder, arguments);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    public static Process start(Path folder, String... arguments) throws IOException {
        return builder(folder, arguments).start();
    }

    public static ProcessBuilder builder(Path folder, String... arguments) {
        var command = new ArrayList<>(List.of(
                // Whoever runs the tests in the background has SIGINT ignored, in what they start too.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                // What a process that is killed leaves there goes with the test's folder.
                "-Djava.io.tmpdir=" + folder,
                "--add-modules=jdk.incubator.vector",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Midframe.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("MIDFRAME_HOME", System.getProperty("user.dir"));
        return builder;
    }
}
