package dev.midframe.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The plugin in the folders of a user who exists for a test, and the programs of this user.
 *
 * @param home the user's folder
 */
record InstalledPlugin(Path home) {

    /**
     * What a program came to.
     *
     * @param output lines of standard output
     * @param errors lines of standard error
     */
    record Run(int exitCode, List<String> output, List<String> errors) {}

    static InstalledPlugin in(Path home) throws IOException, InterruptedException {
        var plugin = new InstalledPlugin(home);
        plugin.installation().install();
        return plugin;
    }

    PluginInstallation installation() {
        var jvm = JvmOptions.ofThisProgram(
                home.resolve("no-archive.jsa"), home.resolve("cache").resolve("crash-%p.log"));
        return new PluginInstallation(
                home.resolve("data/gstreamer-1.0/plugins"),
                Path.of("native/gst-plugin").toAbsolutePath(),
                jvm,
                "1.2.3");
    }

    /** The same plugin for another user, whose options are these. */
    InstalledPlugin copy(Path otherHome, List<String> options) throws IOException {
        var copy = new InstalledPlugin(otherHome);
        Path folder = Files.createDirectories(copy.installation().folder());
        Files.copy(installation().library(), folder.resolve("libgstmidframe.so"));
        Files.write(copy.installation().options(), options);
        return copy;
    }

    /** The first line is the JDK, the others are options. */
    List<String> options() throws IOException {
        return new ArrayList<>(Files.readAllLines(installation().options()));
    }

    /** A program of src/test/c, compiled. */
    Path compiled(String name) throws IOException, InterruptedException {
        Path program = home.resolve(name);
        Path headers = Path.of(System.getProperty("java.home"), "include");
        Run compiler = finished(new ProcessBuilder(
                "cc",
                "-Wall",
                "-Werror",
                "-pthread",
                "-I" + headers,
                "-I" + headers.resolve("linux"),
                "-o",
                program.toString(),
                "src/test/c/" + name + ".c",
                "-l:libgstreamer-1.0.so.0",
                "-l:libgobject-2.0.so.0",
                "-ldl"));
        assertThat(compiler.exitCode()).as(compiler.toString()).isZero();
        return program;
    }

    ProcessBuilder program(Object... words) {
        var builder = new ProcessBuilder(Stream.concat(
                        // Whoever runs the tests in the background has SIGINT ignored, in what they start too.
                        Stream.of("env", "--default-signal=INT,PIPE"), Stream.of(words))
                .map(Object::toString)
                .toList());
        builder.environment().keySet().removeIf(name -> name.startsWith("GST_"));
        builder.environment().remove("JAVA_HOME");
        builder.environment()
                .putAll(Map.of(
                        "HOME",
                        home.toString(),
                        "XDG_DATA_HOME",
                        home.resolve("data").toString(),
                        "XDG_CACHE_HOME",
                        home.resolve("cache").toString()));
        return builder;
    }

    Run run(Object... words) throws IOException, InterruptedException {
        return finished(program(words));
    }

    Run finished(ProcessBuilder builder) throws IOException, InterruptedException {
        Path errors = Files.createTempFile(home, "errors", ".txt");
        Process process = builder.redirectError(errors.toFile()).start();
        List<String> output = process.inputReader().lines().toList();
        return new Run(process.waitFor(), output, Files.readAllLines(errors));
    }

    /** The names of the files that a program and those it starts have the dynamic loader load. */
    String loadedFiles(Object... words) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(home, "loaded");
        ProcessBuilder builder = program(words);
        builder.environment().put("LD_DEBUG", "files");
        builder.environment().put("LD_DEBUG_OUTPUT", folder.resolve("process").toString());
        assertThat(finished(builder).exitCode()).isZero();
        var loaded = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.readAllLines(file).stream()
                        .filter(line -> line.contains("calling init"))
                        .forEach(line -> loaded.append(line).append('\n'));
            }
        }
        return loaded.toString();
    }
}
