package dev.midframe.cli.gpu;

import dev.midframe.tensorrt.TensorRtAvailability;
import dev.midframe.tensorrt.TensorRtInstallation;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code midframe tensorrt}: NVIDIA's libraries for the GPU engine. */
@Command(name = "tensorrt", description = "Shows and installs NVIDIA's TensorRT.")
public final class TensorrtCommand implements Callable<Integer> {

    private static final String ARTIFACT = "org.bytedeco:tensorrt:%s:jar:linux-x86_64-redist";

    @Spec
    private CommandSpec spec;

    /** Says what is there and what is missing. */
    @Override
    public Integer call() {
        TensorRtAvailability availability = TensorRtAvailability.probe(System.getenv());
        availability.found().forEach(spec.commandLine().getOut()::println);
        availability.missing().forEach(line -> spec.commandLine().getOut().println("missing: " + line));
        availability.unbuildable().forEach(spec.commandLine().getOut()::println);
        return availability.complete() && availability.unbuildable().isEmpty() ? 0 : 1;
    }

    @Command(
            name = "install",
            description = {
                "Fetches NVIDIA's libraries with Maven and keeps them in the user's data folder.",
                "The default (1,090 MB) has kernels for GPUs up to Hopper. Newer ones need NVIDIA's own packages."
            })
    int install(
            @Option(
                            names = "--version",
                            paramLabel = "V",
                            defaultValue = TensorRtInstallation.VERSION,
                            description = "Maven version (default: ${DEFAULT-VALUE}).")
                    String version,
            @Option(names = "--jar", paramLabel = "FILE", description = "An artifact that is already here.") @Nullable
                    Path jar)
            throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (jar == null) {
            TensorRtInstallation.checkGpus(version);
        }
        Path download = Files.createTempDirectory("midframe-tensorrt");
        try {
            Path folder =
                    new TensorRtInstallation(System.getenv()).install(jar == null ? fetch(version, download) : jar);
            out.println("TensorRT is in " + folder);
            return 0;
        } finally {
            try (Stream<Path> files = Files.list(download)) {
                files.map(Path::toFile).forEach(File::delete);
            }
            Files.delete(download);
        }
    }

    private Path fetch(String version, Path folder) throws IOException, InterruptedException {
        String artifact = ARTIFACT.formatted(version);
        spec.commandLine().getOut().println("fetching " + artifact);
        spec.commandLine().getOut().flush();
        int exit = new ProcessBuilder(List.of(
                        "mvn",
                        "-q",
                        "-B",
                        "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy",
                        "-Dartifact=" + artifact,
                        "-DoutputDirectory=" + folder))
                .inheritIO()
                .start()
                .waitFor();
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny()
                    .orElseThrow(() -> new IOException("Maven could not fetch " + artifact + " (exit code " + exit
                            + "); is " + version + " a version, and is the network there?"));
        }
    }
}
