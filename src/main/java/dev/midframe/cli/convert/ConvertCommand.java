package dev.midframe.cli.convert;

import dev.midframe.cadence.Ratio;
import dev.midframe.cli.GStreamerRuntime;
import dev.midframe.cli.StopSignal;
import dev.midframe.container.ContainerException;
import dev.midframe.convert.Conversion;
import dev.midframe.convert.ConvertSettings;
import dev.midframe.convert.Film;
import dev.midframe.convert.Sections;
import dev.midframe.convert.encoding.Codec;
import dev.midframe.convert.encoding.Effort;
import dev.midframe.convert.encoding.EncoderKind;
import dev.midframe.convert.encoding.PictureQuality;
import dev.midframe.convert.parts.PartPlan;
import dev.midframe.convert.parts.PartsFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midframe convert}: films with more frames, and everything else as it was. */
@Command(
        name = "convert",
        description = "Makes films smoother and keeps everything else in them.",
        footer = {
            "",
            "Examples:",
            "  midframe convert in.mp4",
            "  midframe convert in.mkv -o out.mp4 --fps 60",
            "  midframe convert holiday/ -o smooth/ --codec h265"
        })
public class ConvertCommand implements Callable<Integer> {

    private static final int WORST = 51;
    private static final Ratio LEAST_FACTOR = new Ratio(1, 1);
    private static final Ratio GREATEST_FACTOR = new Ratio(16, 1);
    private static final Ratio GREATEST_RATE = new Ratio(1000, 1);
    private static final int KILLED = 128;
    private static final long PART_NANOS = Duration.ofMinutes(1).toNanos();

    @Parameters(
            arity = "1..*",
            paramLabel = "IN",
            description =
                    "Films, folders of films, numbered pictures (a folder or frames/%%05d.png), or - for YUV4MPEG2 on"
                            + " standard input.")
    private List<Path> inputs = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description =
                    "A file (.mp4, .mov, .mkv or .webm), pictures (smooth/%%05d.png), - for YUV4MPEG2 on standard output,"
                            + " or a folder (default: beside each film). A folder for several films is made where there is none.")
    private @Nullable Path output;

    @Option(
            names = "--in-fps",
            paramLabel = "RATE",
            converter = Rates.class,
            description = "Of numbered pictures: how many a second come.")
    private @Nullable Ratio inFps;

    @Option(
            names = "--fps",
            paramLabel = "RATE",
            converter = Rates.class,
            description = "Frames a second: 60, 59.94, 60000/1001.")
    private @Nullable Ratio fps;

    @Option(
            names = "--factor",
            paramLabel = "X",
            converter = Rates.class,
            description = "Or: how many frames for each that comes: 2 (default), 3, 5/2.")
    private @Nullable Ratio factor;

    @Option(
            names = "--codec",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES} (default: h264, h265 for more than 8 bits, vp9 in .webm).")
    private @Nullable Codec codec;

    @Option(
            names = "--encoder",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES}; hardware where it is there and works, unless software is asked for"
                    + " (default: ${DEFAULT-VALUE}).")
    private EncoderKind encoder = EncoderKind.AUTO;

    @Option(
            names = "--hdr",
            paramLabel = "auto|keep",
            description = "keep: refuse what would make 8 bits of more; auto: say so (default: ${DEFAULT-VALUE}).")
    private Hdr hdr = Hdr.AUTO;

    @Option(
            names = "--quality",
            paramLabel = "0..51",
            description = "Lower is better and larger; 18 to 23 are usual (default: ${DEFAULT-VALUE}).")
    private int quality = 20;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "How long the encoder takes for a smaller file: ${COMPLETION-CANDIDATES} (default:"
                    + " ${DEFAULT-VALUE}).")
    private Effort preset = Effort.FAST;

    @Option(
            names = "--duplicates",
            paramLabel = "keep|bridge",
            description = "bridge: animation on twos, film shown at 30 or 60 frames a second (default:"
                    + " ${DEFAULT-VALUE}).")
    private Duplicates duplicates = Duplicates.KEEP;

    @Option(
            names = "--scene-change",
            paramLabel = "repeat|blend|off",
            description = "What is shown between two scenes (default: ${DEFAULT-VALUE}).")
    private SceneChange sceneChange = SceneChange.REPEAT;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "Model, see 'midframe models' (default: ${DEFAULT-VALUE}).")
    private String model = "auto";

    @Option(
            names = "--backend",
            paramLabel = "auto|cpu|tensorrt",
            description = "What computes it (default: ${DEFAULT-VALUE}).")
    private Backend backend = Backend.AUTO;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = TimeOfFilm.class,
            description =
                    "Only what is shown from there on: 90, 1:30, 0:01:30.5. The frames are those of the whole film.")
    private @Nullable Duration from;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = TimeOfFilm.class,
            description = "Only what is shown before.")
    private @Nullable Duration until;

    @Option(
            names = "--resume",
            description =
                    "Convert in parts, which stay in OUT.parts until all are there: go on with those that a run before"
                            + " has finished.")
    private boolean resume;

    @Option(names = "--overwrite", description = "Replace an output that exists; else it is refused.")
    private boolean overwrite;

    @Option(
            names = "--keep-partial",
            description = "Where it fails or is stopped, leave what was made, playable, as OUT.part.")
    private boolean keepPartial;

    @Option(
            names = "--print",
            description = "Show the pictures' pipeline, to be changed and run by hand; convert nothing.")
    private boolean print;

    @Option(names = "--json", description = "Write one line of JSON for each film to standard output.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** What becomes of more than 8 bits. */
    enum Hdr {
        AUTO,
        KEEP
    }

    /** As the element's property. */
    enum Duplicates {
        KEEP,
        BRIDGE
    }

    /** As the element's property. */
    enum SceneChange {
        REPEAT,
        BLEND,
        OFF
    }

    /** As the element's property. */
    enum Backend {
        AUTO,
        CPU,
        TENSORRT
    }

    @Override
    public Integer call() {
        ConvertSettings settings = settings();
        if (json && output != null && output.toString().equals("-")) {
            throw new ParameterException(spec.commandLine(), "--json and -o - would both write to standard output");
        }
        List<Job> jobs = jobs(settings);
        if (resume || isSection()) {
            GStreamerRuntime.startDeterministic();
        } else {
            GStreamerRuntime.start();
        }
        if (print) {
            for (Job job : jobs) {
                spec.commandLine().getOut().println(prepare(job, settings).pipeline());
            }
            spec.commandLine().getOut().flush();
            return 0;
        }
        try (var report = new Report(
                new Batch(jobs),
                spec.commandLine().getErr(),
                json ? spec.commandLine().getOut() : null)) {
            var running = new Running();
            StopSignal.onFirst(signal -> running.stop(KILLED + signal));
            for (Job job : jobs) {
                if (running.isStopped()) {
                    break;
                }
                convert(job, settings, running, report);
            }
            return running.exitCode().orElse(report.failures() > 0 ? 1 : 0);
        }
    }

    /** The films that are named, and where each goes; the folder for several is made. */
    List<Job> jobs(ConvertSettings settings) {
        try {
            var places = new Jobs(output, fps == null ? "-" + settings.factor() + "x" : "-" + fps + "fps");
            List<Job> jobs = places.of(inputs);
            if (!print) {
                places.makeFolder(inputs);
            }
            return jobs;
        } catch (ContainerException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    CommandSpec spec() {
        return spec;
    }

    private void convert(Job job, ConvertSettings settings, Running running, Report report) {
        try {
            Conversion conversion = prepare(job, settings);
            report.begin(job, conversion);
            if (resume) {
                report.done(job, conversion, resumed(job, settings).run(running, report));
                return;
            }
            Conversion.Result result;
            try (var _ = running.run(conversion);
                    var _ = report.progress(job, conversion)) {
                result = conversion.run(keepPartial);
            }
            report.done(job, conversion, result);
        } catch (RuntimeException | LinkageError e) {
            report.failed(job, e);
        }
    }

    private Conversion prepare(Job job, ConvertSettings settings) {
        if (Jobs.isSame(job.input(), job.output())) {
            throw new ContainerException(
                    "the output " + job.output() + " is the input; choose another name, nothing was written");
        }
        if (Files.exists(job.output()) && !overwrite && !print) {
            throw new ContainerException(job.output() + " exists already; --overwrite replaces it");
        }
        Film film = Film.of(job.input(), Optional.ofNullable(inFps));
        return isSection()
                ? Conversion.ofSection(
                        film,
                        job.output(),
                        settings,
                        Sections.of(film, job.output(), settings)
                                .between(
                                        from == null ? 0 : from.toNanos(),
                                        until == null ? Long.MAX_VALUE : until.toNanos()))
                : Conversion.of(film, job.output(), settings);
    }

    private boolean isSection() {
        return from != null || until != null;
    }

    private ResumedConversion resumed(Job job, ConvertSettings settings) {
        Film film = Film.of(job.input(), Optional.ofNullable(inFps));
        PartPlan plan = PartPlan.of(
                film,
                job.output(),
                settings,
                PinnedEngine.options(spec, settings),
                PinnedEngine.of(settings),
                PART_NANOS);
        return new ResumedConversion(
                job, new PlannedFilm(film, new PartsFolder(PartsFolder.usual(job.output()), plan)));
    }

    /**
     * What is asked for.
     *
     * @throws ParameterException when that makes no sense
     */
    ConvertSettings settings() {
        if (from != null && until != null && from.compareTo(until) >= 0) {
            throw new ParameterException(spec.commandLine(), "--until is not behind --from");
        }
        if (resume && isSection()) {
            throw new ParameterException(spec.commandLine(), "--resume is for whole films, without --from and --until");
        }
        if (fps != null && factor != null) {
            throw new ParameterException(spec.commandLine(), "--fps and --factor exclude each other: give one");
        }
        if (quality < 0 || quality > WORST) {
            throw new ParameterException(spec.commandLine(), "--quality " + quality + " is not between 0 and " + WORST);
        }
        if (factor != null && (factor.compareTo(LEAST_FACTOR) < 0 || factor.compareTo(GREATEST_FACTOR) > 0)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--factor " + factor + " is not between " + LEAST_FACTOR + " and " + GREATEST_FACTOR);
        }
        if (fps != null && fps.compareTo(GREATEST_RATE) > 0) {
            throw new ParameterException(spec.commandLine(), "--fps " + fps + " is above " + GREATEST_RATE);
        }
        return new ConvertSettings(
                Optional.ofNullable(fps),
                factor == null ? new Ratio(2, 1) : factor,
                Optional.ofNullable(codec),
                encoder,
                new PictureQuality(quality, preset),
                hdr == Hdr.KEEP,
                lower(duplicates),
                lower(sceneChange),
                model,
                lower(backend));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
