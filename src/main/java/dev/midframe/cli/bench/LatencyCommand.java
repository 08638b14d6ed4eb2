package dev.midframe.cli.bench;

import dev.midframe.cli.EngineOptions;
import dev.midframe.cli.GStreamerRuntime;
import dev.midframe.cli.RunCommand;
import dev.midframe.support.FrameSize;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midframe bench latency}: what {@code midframe} adds to the time from a sender to a receiver. */
@Command(
        name = "latency",
        description = {
            "Measures the latency that midframe adds to a pipeline, by a code in every frame.",
            "The frames go as H.264 over RTP into the pipeline, and come out as RTP or, where it ends in appsink "
                    + "name=websocket, through the server; then the same with midframe replaced by identity.",
            "With --engine, the engine alone: from a frame's arrival to the frame before it, one pair after the other."
        },
        footer = {
            "",
            "Examples:",
            "  midframe bench latency pipelines/rtp.gst",
            "  midframe bench latency pipelines/browser.gst width=320 height=180 --json latency.json",
            "  midframe bench latency --engine --threads 2"
        })
final class LatencyCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PIPELINE",
            description = "A file such as pipelines/rtp.gst or browser.gst.")
    private @Nullable Path pipeline;

    @Parameters(index = "1..*", paramLabel = "NAME=VALUE", description = "Values of the file's variables.")
    private List<String> assignments = List.of();

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = "Size of the frames, of the shape that the pipeline works in (default: ${DEFAULT-VALUE}).")
    private String size = "320x180";

    @Option(names = "--fps", paramLabel = "N", description = "Frames a second, 1 to 240 (default: ${DEFAULT-VALUE}).")
    private int framesPerSecond = 15;

    @Option(names = "--seconds", paramLabel = "N", description = "Seconds of each run (default: ${DEFAULT-VALUE}).")
    private int seconds = 20;

    @Option(
            names = "--engine",
            description = "Measures the engine alone, without a pipeline, at 320x180, 640x360 and 1280x720.")
    private boolean engineAlone;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "With --engine: CPU threads, 0 for one per processor (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Spec
    private CommandSpec spec;

    /** The figures of both runs, latencies in milliseconds. */
    record Report(
            String pipeline,
            Map<String, String> variables,
            String size,
            int framesPerSecond,
            int seconds,
            LatencyRun.Row without,
            LatencyRun.Row with,
            double addedP50,
            double addedP99) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (framesPerSecond < 1 || framesPerSecond > 240) {
            throw wrong("--fps " + framesPerSecond + ": must be 1 to 240");
        }
        if (seconds < 1 || seconds > 3600) {
            throw wrong("--seconds " + seconds + ": must be 1 to 3600");
        }
        if (threads < 0) {
            throw wrong("--threads " + threads + ": must be 0 or more");
        }
        if (engineAlone) {
            var options = new EngineLatency.Settings(engine.model(), engine.backend(), threads, seconds);
            json.write(EngineLatency.measure(options, spec.commandLine().getOut()));
            return 0;
        }
        return throughPipeline();
    }

    private int throughPipeline() throws IOException, InterruptedException {
        FrameSize frameSize = size();
        if (pipeline == null) {
            throw wrong("which pipeline? name a file such as pipelines/rtp.gst, or say --engine");
        }
        if (!Files.isRegularFile(pipeline)) {
            throw wrong("there is no pipeline file " + pipeline);
        }
        var settings = new LatencyRun.Settings(
                pipeline,
                RunCommand.variables(spec, assignments),
                frameSize.width(),
                frameSize.height(),
                framesPerSecond,
                seconds);
        GStreamerRuntime.start();
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-32s %8s %9s %9s %10s %8s%n", pipeline, "frames", "p50 ms", "p99 ms", "generated", "skipped");
        LatencyRun.Row without = print(out, "without midframe", LatencyRun.measure(settings, false));
        LatencyRun.Row with = print(out, "with midframe", LatencyRun.measure(settings, true));
        double p50 = with.p50() - without.p50();
        double p99 = with.p99() - without.p99();
        out.printf(Locale.ROOT, "%-32s %8s %9.1f %9.1f%n", "added", "", p50, p99);
        out.flush();
        json.write(new Report(
                pipeline.toString(), settings.variables(), size, framesPerSecond, seconds, without, with, p50, p99));
        return 0;
    }

    private FrameSize size() {
        FrameSize parsed;
        try {
            parsed = FrameSize.parse(size);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
        if (parsed.width() % 4 != 0 || parsed.height() % 2 != 0) {
            throw wrong("--size " + size + ": the width must be a multiple of 4, the height even");
        }
        return parsed;
    }

    private static LatencyRun.Row print(PrintWriter out, String name, LatencyRun.Row row) {
        out.printf(
                Locale.ROOT,
                "%-32s %8d %9.1f %9.1f %10d %8d%n",
                name,
                row.frames(),
                row.p50(),
                row.p99(),
                row.generated(),
                row.skipped());
        out.flush();
        return row;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
