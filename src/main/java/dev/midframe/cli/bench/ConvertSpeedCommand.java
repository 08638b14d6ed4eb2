package dev.midframe.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.midframe.cadence.Ratio;
import dev.midframe.cli.EngineOptions;
import dev.midframe.cli.GStreamerRuntime;
import dev.midframe.convert.Conversion;
import dev.midframe.convert.ConvertSettings;
import dev.midframe.convert.Film;
import dev.midframe.convert.encoding.Effort;
import dev.midframe.convert.encoding.EncoderKind;
import dev.midframe.convert.encoding.PictureQuality;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.PipelineDescription;
import dev.midframe.pipeline.PipelineException;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midframe bench convert}: what {@code convert} costs beside its pictures' bare pipeline. */
@Command(
        name = "convert",
        description = {
            "Times 'convert' against the bare pipeline that 'convert --print' shows, in turn, on the same film.",
            "The pipeline has no sound and no tags; both encode with the same encoder into Matroska."
        },
        footer = {"", "Example:", "  midframe bench convert film.mp4 --rounds 5"})
final class ConvertSpeedCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofMinutes(30);

    @Parameters(paramLabel = "FILM", description = "A film of some seconds.")
    private Path film = Path.of("");

    @Option(names = "--rounds", paramLabel = "N", description = "Times each is run (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Spec
    private CommandSpec spec;

    /** One round: seconds that passed, and of the processor. */
    record Round(Cost convert, Cost pipeline) {}

    /** What a run took. */
    record Cost(double seconds, double cpuSeconds) {}

    /** Something that is timed. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        GStreamerRuntime.start();
        PrintWriter out = spec.commandLine().getOut();
        Path folder = Files.createTempDirectory("midframe-bench");
        List<Round> results = new ArrayList<>();
        try {
            out.printf("%-8s %10s %10s %10s %10s%n", "round", "convert s", "CPU s", "pipeline s", "CPU s");
            // The first run of a process has Java's compilers at work in it: it is not counted.
            measure(folder);
            for (int round = 1; round <= rounds; round++) {
                Round result = measure(folder);
                results.add(result);
                out.printf(
                        Locale.ROOT,
                        "%-8d %10.2f %10.2f %10.2f %10.2f%n",
                        round,
                        result.convert.seconds,
                        result.convert.cpuSeconds,
                        result.pipeline.seconds,
                        result.pipeline.cpuSeconds);
                out.flush();
            }
        } finally {
            Files.deleteIfExists(folder);
        }
        out.printf(
                Locale.ROOT,
                "convert takes %.3f times as long as the pipeline, and %.3f times as much of the processor (all rounds"
                        + " together)%n",
                ratio(results, Cost::seconds),
                ratio(results, Cost::cpuSeconds));
        out.flush();
        json.write(results);
        return 0;
    }

    private static double ratio(List<Round> rounds, ToDoubleFunction<Cost> cost) {
        return rounds.stream()
                        .mapToDouble(round -> cost.applyAsDouble(round.convert))
                        .sum()
                / rounds.stream()
                        .mapToDouble(round -> cost.applyAsDouble(round.pipeline))
                        .sum();
    }

    private Round measure(Path folder) throws IOException, InterruptedException {
        Path output = folder.resolve("out.mkv");
        Conversion conversion = Conversion.of(Film.of(film), output, settings());
        Cost convert = cost(() -> conversion.run(false));
        Files.delete(output);
        String pipeline = conversion.pipeline();
        Cost bare = cost(() -> run(pipeline));
        Files.delete(folder.resolve("out.mkv.pictures.mkv"));
        return new Round(convert, bare);
    }

    private static void run(String pipeline) throws InterruptedException {
        try (MediaPipeline media = MediaPipeline.launch(PipelineDescription.of(pipeline, Map.of()))) {
            media.play();
            var outcome = media.await(LIMIT).orElseThrow(() -> new PipelineException("no end within 30 minutes"));
            outcome.failure().ifPresent(reason -> {
                throw new PipelineException(reason);
            });
        }
    }

    private static Cost cost(Work work) throws IOException, InterruptedException {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long begun = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - begun) / 1e9;
        return new Cost(seconds, (system.getProcessCpuTime() - cpu) / 1e9);
    }

    private ConvertSettings settings() {
        return new ConvertSettings(
                Optional.empty(),
                new Ratio(2, 1),
                Optional.empty(),
                EncoderKind.SOFTWARE,
                new PictureQuality(20, Effort.FAST),
                /* keepDepth= */ false,
                "keep",
                "repeat",
                engine.model(),
                engine.backend().nick());
    }
}
