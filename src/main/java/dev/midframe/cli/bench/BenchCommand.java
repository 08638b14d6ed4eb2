package dev.midframe.cli.bench;

import dev.midframe.cli.EngineOptions;
import dev.midframe.cli.GStreamerRuntime;
import dev.midframe.quality.EvaluationException;
import dev.midframe.quality.material.ClipFolder;
import dev.midframe.support.FrameSize;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code midframe bench}: how fast the whole element is, alone or against ffmpeg's minterpolate on the same clips. */
@Command(
        name = "bench",
        subcommands = {LatencyCommand.class, ConvertSpeedCommand.class},
        description = {
            "Measures speed: decoding, scaling and midframe together.",
            "With --against minterpolate, ffmpeg's filter runs on the same clips in turn.",
            "With --cores, the engine runs with each of these numbers of threads in turn."
        },
        footer = {"", "Example:", "  midframe bench --depth 1 --cores 1,2,4,8"})
public final class BenchCommand implements Callable<Integer> {

    /** As many as the element's property takes. */
    private static final int MOST_THREADS = 1024;

    @Option(names = "--size", paramLabel = "WxH", description = "Size of the frames (default: ${DEFAULT-VALUE}).")
    private String size = "640x360";

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--depth", paramLabel = "N", description = "Pairs in flight (default: the element's).")
    private int depth;

    @Option(names = "--frames", paramLabel = "N", description = "Frames of each clip (default: ${DEFAULT-VALUE}).")
    private int frames = 150;

    @Option(
            names = "--clips",
            paramLabel = "PATH",
            description = "Folder of video files, searched whole, or one file; a test picture without it.")
    private @Nullable Path clips;

    @Option(
            names = "--against",
            paramLabel = "FILTER",
            description = "minterpolate: ffmpeg's filter, where ffmpeg is installed.")
    private @Nullable String against;

    @Option(
            names = "--cores",
            paramLabel = "N",
            split = ",",
            description = "Numbers of the engine's threads to compare, such as 1,2,4; 1 to 1024 each.")
    private List<Integer> cores = List.of();

    @Mixin
    private JsonOption json = new JsonOption();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        FrameSize frameSize;
        List<@Nullable Path> inputs = new ArrayList<>();
        try {
            frameSize = FrameSize.parse(size);
            inputs.addAll(
                    clips == null
                            ? Collections.singletonList(null)
                            : new ClipFolder(clips, OptionalInt.empty()).files());
        } catch (IllegalArgumentException | EvaluationException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        if (against != null && !against.equals("minterpolate")) {
            throw new ParameterException(
                    spec.commandLine(), "cannot compare with '" + against + "'; only minterpolate");
        }
        if (against != null && !cores.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--cores and --against are mutually exclusive");
        }
        if (!cores.stream().allMatch(number -> number >= 1 && number <= MOST_THREADS)) {
            throw new ParameterException(
                    spec.commandLine(), "--cores " + cores + ": each must be 1 to " + MOST_THREADS);
        }
        var settings = new SpeedRun.Settings(
                frameSize.width(),
                frameSize.height(),
                frames,
                engine.model(),
                engine.backend().nick(),
                depth,
                /* threads= */ 0);
        PrintWriter out = spec.commandLine().getOut();
        GStreamerRuntime.start();
        if (!cores.isEmpty()) {
            json.write(CoreScaling.measure(settings, cores, inputs, out));
            return 0;
        }
        out.printf(
                "%-28s %8s %9s %9s %9s%s%n",
                size, "frames", "fps out", "x real", "CPU s", against == null ? "" : "  minterp.  CPU s   ratio");
        var rows = new ArrayList<SpeedRun.Row>();
        for (@Nullable Path clip : inputs) {
            SpeedRun.Row row = SpeedRun.measure(settings, clip, against != null);
            rows.add(row);
            print(out, row);
        }
        summary(out, rows);
        json.write(rows);
        return 0;
    }

    private static void print(PrintWriter out, SpeedRun.Row row) {
        out.printf(
                Locale.ROOT,
                "%-28s %8d %9.1f %9.2f %9.1f",
                row.clip(),
                row.framesOut(),
                row.framesPerSecond(),
                row.realTime(),
                row.cpuSeconds());
        if (row.minterpolateFramesPerSecond() > 0) {
            out.printf(
                    Locale.ROOT,
                    " %10.1f %6.1f %7.2f",
                    row.minterpolateFramesPerSecond(),
                    row.minterpolateCpuSeconds(),
                    row.ratio());
        }
        out.println();
        out.flush();
    }

    private static double seconds(List<SpeedRun.Row> rows, ToDoubleFunction<SpeedRun.Row> framesPerSecond) {
        return rows.stream()
                .mapToDouble(row -> row.framesOut() / framesPerSecond.applyAsDouble(row))
                .sum();
    }

    private static void summary(PrintWriter out, List<SpeedRun.Row> rows) {
        double[] ratios = rows.stream()
                .mapToDouble(SpeedRun.Row::ratio)
                .filter(ratio -> ratio > 0)
                .sorted()
                .toArray();
        if (ratios.length > 0) {
            out.printf(
                    Locale.ROOT,
                    "ratio of output frames a second to minterpolate's: all clips together %.2f, median %.2f, least %.2f,"
                            + " most %.2f%n",
                    seconds(rows, SpeedRun.Row::minterpolateFramesPerSecond)
                            / seconds(rows, SpeedRun.Row::framesPerSecond),
                    ratios[ratios.length / 2],
                    ratios[0],
                    ratios[ratios.length - 1]);
        }
        out.printf(
                Locale.ROOT,
                "peak memory of the whole process: %d MB; engine: %s%n",
                SpeedRun.peakMemoryMegabytes(),
                rows.getLast().engine());
        out.flush();
    }
}
