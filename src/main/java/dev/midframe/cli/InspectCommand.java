package dev.midframe.cli;

import dev.midframe.cadence.change.ChangeDetector;
import dev.midframe.quality.EvaluationException;
import dev.midframe.quality.cadence.CadenceReport;
import dev.midframe.quality.report.ReportFile;
import dev.midframe.support.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midframe inspect}: what a file's cadence is. */
@Command(
        name = "inspect",
        description = {
            "Shows when a file's frames come and how evenly.",
            "Also which frames repeat, where it cuts, and whether the sound begins and ends with the picture."
        },
        footer = {"", "Example:", "  midframe inspect out.mp4 --plot out.png"})
final class InspectCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "Whatever GStreamer decodes.")
    private Path file = Path.of("");

    @Option(
            names = "--scene-threshold",
            paramLabel = "X",
            description = "As the element's property (default: ${DEFAULT-VALUE}).")
    private double sceneThreshold = ChangeDetector.DEFAULT_SCENE_THRESHOLD;

    @Option(names = "--json", paramLabel = "FILE", description = "Write every frame's time and every figure as JSON.")
    private @Nullable Path json;

    @Option(names = "--plot", paramLabel = "FILE", description = "Draw the times from frame to frame as PNG.")
    private @Nullable Path plot;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        check();
        GStreamerRuntime.start();
        boolean watched = Terminal.isThere();
        CadenceReport report;
        try (var progress = new EvaluationProgress(watched)) {
            report = CadenceReport.of(file, sceneThreshold, progress);
        }
        spec.commandLine().getOut().print(report.text());
        spec.commandLine().getOut().flush();
        if (json != null) {
            report.writeJson(json);
        }
        if (plot != null) {
            report.writePlot(plot);
        }
        return 0;
    }

    private void check() {
        if (!Files.isRegularFile(file)) {
            throw new ParameterException(spec.commandLine(), "no file " + file + ": check the path");
        }
        if (!(sceneThreshold > 0)) {
            throw new ParameterException(spec.commandLine(), "--scene-threshold " + sceneThreshold + " is not above 0");
        }
        try {
            Stream.of(json, plot)
                    .filter(path -> path != null)
                    .map(ReportFile::new)
                    .forEach(ReportFile::check);
        } catch (EvaluationException unwritable) {
            throw new ParameterException(spec.commandLine(), unwritable.getMessage());
        }
    }
}
