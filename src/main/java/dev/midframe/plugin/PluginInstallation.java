package dev.midframe.plugin;

import dev.midframe.support.AtomicFile;
import dev.midframe.support.UserFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code libgstmidframe.so} and its options, in a folder where GStreamer looks for plugins.
 *
 * @param folder of the two files; need not exist
 * @param sources the plugin's C files, native/gst-plugin of a checkout
 * @param jvm how the plugin starts Java
 * @param version of the program
 */
public record PluginInstallation(Path folder, Path sources, JvmOptions jvm, String version) {

    private static final String NAME = "libgstmidframe";

    /** By their runtime names, which need no -dev package. */
    private static final List<String> LIBRARIES = List.of(
            "-l:libgstbase-1.0.so.0", "-l:libgstreamer-1.0.so.0", "-l:libgobject-2.0.so.0", "-l:libglib-2.0.so.0");

    /** What there is of it. */
    public enum State {
        ABSENT,
        /** Of another JDK, another build or other sources. */
        OUTDATED,
        INSTALLED
    }

    /** That of the user and of the checkout that this program runs from. */
    public static PluginInstallation ofUser(UserFolders folders, Path home, String version) {
        Path crashes = folders.cache().resolve("crash-%p.log");
        return new PluginInstallation(
                folders.gstreamerPlugins(),
                home.resolve("native").resolve("gst-plugin"),
                JvmOptions.ofThisProgram(home.resolve("target").resolve("stream.jsa"), crashes),
                version);
    }

    /** The plugin itself. */
    public Path library() {
        return folder.resolve(NAME + ".so");
    }

    /** What it reads when it starts Java. */
    public Path options() {
        return folder.resolve(NAME + ".options");
    }

    /**
     * Compiles the plugin, or takes the one that comes with its sources where there is no compiler, and puts it in its place; programs that run with an older one go on with that.
     *
     * @throws IOException in one line, when it cannot be compiled or a file cannot be written
     */
    public void install() throws IOException, InterruptedException {
        String text = text();
        Files.createDirectories(folder);
        Files.createDirectories(jvm.crashes().getParent());
        Path unfinished = folder.resolve("." + NAME + ".part");
        try {
            compileTo(unfinished);
            new AtomicFile(options()).write(text.getBytes(StandardCharsets.UTF_8));
            Files.move(unfinished, library(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** @return whether there was one */
    public boolean remove() throws IOException {
        return Files.deleteIfExists(library()) | Files.deleteIfExists(options());
    }

    public State state() throws IOException {
        if (!Files.exists(library())) {
            return State.ABSENT;
        }
        try {
            return Files.readString(options()).equals(text()) ? State.INSTALLED : State.OUTDATED;
        } catch (NoSuchFileException e) {
            return State.OUTDATED;
        }
    }

    private String text() throws IOException {
        return String.join("\n", jvm.lines(SourceDigest.of(sources, version))) + "\n";
    }

    private void compileTo(Path output) throws IOException, InterruptedException {
        Path headers = jvm.jdk().resolve("include");
        List<String> command = new ArrayList<>(
                List.of("cc", "-O2", "-shared", "-fPIC", "-fvisibility=hidden", "-s", "-Wl,-z,defs", "-pthread"));
        command.addAll(List.of(
                "-I" + headers, "-I" + headers.resolve("linux"), "-DMIDFRAME_VERSION=\"" + version + '"', "-o"));
        command.add(output.toAbsolutePath().toString());
        try (Stream<Path> files = Files.list(sources)) {
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".c"))
                    .sorted()
                    .forEach(command::add);
        }
        command.addAll(LIBRARIES);
        command.add("-ldl");
        Process compiler;
        try {
            compiler = new ProcessBuilder(command)
                    .directory(sources.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException noCompiler) {
            copyPrebuilt(output);
            return;
        }
        List<String> said = compiler.inputReader().lines().toList();
        if (compiler.waitFor() != 0) {
            throw new IOException("the plugin cannot be compiled: "
                    + said.stream()
                            .filter(line -> line.contains("error") || line.contains("cannot find"))
                            .findFirst()
                            .orElse(String.join("; ", said)));
        }
    }

    /** That of native/prebuild, if it was made of these sources. */
    private void copyPrebuilt(Path output) throws IOException {
        Path prebuilt = sources.resolveSibling("prebuilt");
        Path library = prebuilt.resolve(System.getProperty("os.arch").replace("amd64", "x86_64"))
                .resolve(NAME + ".so");
        Path made = prebuilt.resolve("sources.sha256");
        if (!Files.exists(library)
                || !Files.exists(made)
                || !Files.readString(made).strip().equals(SourceDigest.of(sources, version))) {
            throw new IOException(
                    "there is no C compiler to make the plugin with; as root: apt-get install gcc libc6-dev");
        }
        Files.copy(library, output, StandardCopyOption.REPLACE_EXISTING);
    }
}
