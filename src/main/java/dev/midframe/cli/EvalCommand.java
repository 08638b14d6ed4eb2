package dev.midframe.cli;

import dev.midframe.cadence.change.ChangeDetector;
import dev.midframe.engine.EngineListener;
import dev.midframe.engine.EngineSelector;
import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.MotionSize;
import dev.midframe.onnx.OnnxInterpolatorFactory;
import dev.midframe.quality.Evaluation;
import dev.midframe.quality.EvaluationException;
import dev.midframe.quality.EvaluationResult;
import dev.midframe.quality.cuts.SceneCutMeasurement;
import dev.midframe.quality.cuts.SceneCutResult;
import dev.midframe.quality.material.ClipFolder;
import dev.midframe.quality.material.GroupedClips;
import dev.midframe.quality.material.Sequence;
import dev.midframe.quality.material.TripletFolder;
import dev.midframe.quality.report.ReportFile;
import dev.midframe.quality.report.StillFolder;
import dev.midframe.quality.report.TextReport;
import dev.midframe.support.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code midframe eval}: measures how good generated frames are. */
@Command(
        name = "eval",
        description = {
            "Measures quality: leaves real frames out and makes them again.",
            "They are compared with the real ones, for models, blending, repeating and, where ffmpeg is installed, its"
                    + " minterpolate."
        },
        footer = {
            "",
            "Examples:",
            "  midframe eval --triplets footage/triplets/middlebury_others",
            "  midframe eval --clips footage/clips --width 640 --report quality.html",
            "  midframe eval --clips footage/more --groups validation --width 640 --limit 20",
            "  midframe eval --cuts footage/clips"
        })
final class EvalCommand implements Callable<Integer> {

    /** Equal joins in every run. */
    private static final long CUT_SEED = 1;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Material material = new Material();

    @Option(
            names = "--model",
            paramLabel = "NAME",
            split = ",",
            description = "One model or several, see 'midframe models' (default: ${DEFAULT-VALUE}).")
    private List<String> models = List.of("auto");

    @Option(names = "--backend", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Backend backend = Backend.AUTO;

    @Option(
            names = "--motion-size",
            description = "At which size motion is found: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private MotionSize motionSize = MotionSize.AUTO;

    @Option(
            names = "--width",
            paramLabel = "PIXELS",
            description = "Scale wider clips down to this width first, keeping their proportions.")
    private @Nullable Integer width;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Measure the first N triplets, or N pictures of each clip.")
    private @Nullable Integer limit;

    @Option(
            names = "--groups",
            paramLabel = "NAME",
            split = ",",
            description =
                    "With --clips: only clips of these groups, each group of equal weight; 'all' of them, or"
                            + " 'validation': those that no model is trained on. A manifest.json beside the clips names the groups.")
    private @Nullable List<String> groups;

    @Option(names = "--joins", paramLabel = "N", description = "Joins to try with --cuts (default: ${DEFAULT-VALUE}).")
    private int joins = 1500;

    @Option(names = "--json", paramLabel = "FILE", description = "Write every figure as JSON.")
    private @Nullable Path json;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write an HTML page with the figures and the worst pictures.")
    private @Nullable Path report;

    @Option(
            names = "--stills",
            paramLabel = "DIR",
            description = "Write one JPEG a sequence: the real frame, the first model's, and minterpolate's (without"
                    + " ffmpeg: blending's), side by side. Always the picture whose PSNR by the first model is the"
                    + " median of the lowest quarter; of wide frames the 320x180 where the neighbours differ most.")
    private @Nullable Path stills;

    @Spec
    private CommandSpec spec;

    private static final class Material {
        @Option(
                names = "--triplets",
                paramLabel = "DIR",
                description = "Picture triplets in the layout of Middlebury (input/*/frame10.png, gt/*/frame10i11.png)"
                        + " or UCF101 (*/frame0.png to frame2.png).")
        private @Nullable Path triplets;

        @Option(
                names = "--clips",
                paramLabel = "PATH",
                split = ",",
                description = "Video files, or folders with some: every other frame is left out and made again.")
        private @Nullable List<Path> clips;

        @Option(
                names = "--cuts",
                paramLabel = "DIR",
                description = "Video files: measures scene cut detection instead, on clips joined at random points.")
        private @Nullable Path cuts;

        String name() {
            return clips == null
                    ? String.valueOf(triplets)
                    : clips.stream().map(Path::toString).collect(Collectors.joining(", "));
        }
    }

    @Override
    public Integer call() {
        Stream.of(json, report)
                .filter(path -> path != null)
                .map(ReportFile::new)
                .forEach(file -> check(file::check));
        if (stills != null && material.cuts == null) {
            check(new StillFolder(stills)::check);
        }
        return material.cuts == null ? measurePictures() : measureCuts(material.cuts);
    }

    private int measurePictures() {
        EvaluationResult result;
        if (groups == null) {
            result = measure(sequences());
        } else {
            GroupedClips grouped = groupedClips(groups);
            result = measure(limited(grouped.sequences())).grouped(grouped.groups()::get);
        }
        spec.commandLine().getOut().print(TextReport.of(result));
        spec.commandLine().getOut().flush();
        result.failures().forEach(line -> spec.commandLine().getErr().println("midframe: not measured: " + line));
        if (json != null) {
            new ReportFile(json).writeJson(result);
        }
        if (report != null) {
            new ReportFile(report).writeHtml(result);
        }
        return result.failures().isEmpty() ? 0 : spec.exitCodeOnExecutionException();
    }

    private int measureCuts(Path clips) {
        if (joins < 1) {
            throw wrong("--joins " + joins + " is less than 1");
        }
        if (groups != null) {
            throw wrong("--groups is for --clips");
        }
        if (report != null || stills != null) {
            throw wrong((report == null ? "--stills" : "--report") + " is not for --cuts; use --json");
        }
        GStreamerRuntime.start();
        SceneCutMeasurement measurement;
        try {
            measurement = new SceneCutMeasurement(clips, joins, ChangeDetector.DEFAULT_SCENE_THRESHOLD, CUT_SEED);
        } catch (EvaluationException nothing) {
            throw wrong(nothing.getMessage());
        }
        SceneCutResult result;
        try (var progress = progress()) {
            result = measurement.run(progress);
        }
        spec.commandLine().getOut().print(result.text());
        spec.commandLine().getOut().flush();
        if (json != null) {
            new ReportFile(json).writeJson(result);
        }
        return 0;
    }

    private void checkSizes() {
        if (limit != null && limit < 1) {
            throw wrong("--limit " + limit + " is less than 1");
        }
        if (width != null && width < 16) {
            throw wrong("--width " + width + " is less than 16");
        }
        if (width != null && material.clips == null) {
            throw wrong("--width is for --clips: triplets are measured as they are");
        }
    }

    private List<Sequence> sequences() {
        checkSizes();
        try {
            int most = limit == null ? Integer.MAX_VALUE : limit;
            if (material.clips == null) {
                return new TripletFolder(material.triplets)
                        .sequences().stream().limit(most).toList();
            }
            return limited(material.clips.stream()
                    .flatMap(path -> new ClipFolder(path, widest()).sequences().stream())
                    .toList());
        } catch (EvaluationException nothing) {
            throw wrong(nothing.getMessage());
        }
    }

    private GroupedClips groupedClips(List<String> names) {
        checkSizes();
        if (material.clips == null) {
            throw wrong("--groups is for --clips");
        }
        try {
            return GroupedClips.of(material.clips, widest(), names);
        } catch (EvaluationException nothing) {
            throw wrong(nothing.getMessage());
        }
    }

    private OptionalInt widest() {
        return width == null ? OptionalInt.empty() : OptionalInt.of(width);
    }

    private List<Sequence> limited(List<Sequence> clips) {
        return clips.stream()
                .map(clip -> limit == null ? clip : clip.limitedTo(limit))
                .toList();
    }

    private EvaluationResult measure(List<Sequence> sequences) {
        if (material.clips != null) {
            GStreamerRuntime.start();
        }
        FilmModels found = FilmModels.ofUser(System.getenv());
        // No quick start: every frame is to be made by the operators that are measured.
        EngineSelector engines = new EngineSelector(found, new OnnxInterpolatorFactory(found), EngineListener.SILENT);
        try (var evaluation = new Evaluation(request -> engines.open(request.with(motionSize)), models, backend);
                var progress = progress()) {
            StillFolder shown = stills == null ? null : new StillFolder(stills);
            return evaluation.run(material.name(), sequences, progress, shown);
        }
    }

    private static EvaluationProgress progress() {
        return new EvaluationProgress(Terminal.isThere());
    }

    private void check(Runnable output) {
        try {
            output.run();
        } catch (EvaluationException unwritable) {
            throw wrong(unwritable.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
