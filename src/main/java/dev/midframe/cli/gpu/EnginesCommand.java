package dev.midframe.cli.gpu;

import dev.midframe.engine.EngineSelector;
import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.MotionSize;
import dev.midframe.support.FrameSize;
import dev.midframe.tensorrt.Folders;
import dev.midframe.tensorrt.build.CachedEngines;
import dev.midframe.tensorrt.build.EngineCache;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code midframe engines}: what was built for GPUs. */
@Command(
        name = "engines",
        description = "Lists, builds and removes the engines that are kept for GPUs.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "They are in ~/.cache/midframe/engines. After a build those not used for longest are removed until no more than",
            "MIDFRAME_TENSORRT_CACHE MiB are kept (default: 4096).",
            "",
            "Examples:",
            "  midframe engines build --model film-base --size 1920x1080 --format NV12",
            "  midframe engines prune --to 1000"
        })
public final class EnginesCommand implements Runnable {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    @Spec
    private CommandSpec spec;

    private final Map<String, String> environment;

    public EnginesCommand() {
        this(System.getenv());
    }

    /** @param environment as {@link System#getenv()} */
    public EnginesCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "engines needs a command: list, build or prune");
    }

    @Command(name = "list", description = "Lists them, the latest used first.", mixinStandardHelpOptions = true)
    void list() throws IOException {
        List<CachedEngines.Entry> entries = cached().entries();
        entries.forEach(this::print);
        long bytes = entries.stream().mapToLong(CachedEngines.Entry::bytes).sum();
        out().printf(
                        Locale.ROOT,
                        "%.1f of %d MiB in %s%n",
                        mebibytes(bytes),
                        EngineCache.limitBytes(environment) >> 20,
                        cached().folder());
    }

    @Command(
            name = "build",
            description = "Builds what a stream on a GPU needs, and checks it against the CPU.",
            mixinStandardHelpOptions = true)
    void build(
            @Option(
                            names = "--model",
                            paramLabel = "NAME",
                            defaultValue = "auto",
                            description = "Model, see 'midframe models' (default: ${DEFAULT-VALUE}).")
                    String model,
            @Option(names = "--size", paramLabel = "WxH", required = true, description = "Size of the stream's frames.")
                    String size,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            defaultValue = "I420",
                            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
                    PixelFormat format,
            @Option(
                            names = "--motion-size",
                            paramLabel = "SIZE",
                            defaultValue = "AUTO",
                            description = "At which size motion is found: ${COMPLETION-CANDIDATES} (default:"
                                    + " ${DEFAULT-VALUE}).")
                    MotionSize motionSize,
            @Option(
                            names = "--device",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "GPU number, as nvidia-smi shows it (default: ${DEFAULT-VALUE}).")
                    int device) {
        FrameFormat frames = frameFormat(format, size);
        EngineRequest request = new EngineRequest(frames, model, Backend.TENSORRT, 1, 0, device, motionSize);
        try (FrameInterpolator film = new EngineSelector(FilmModels.ofUser(environment)).open(request)) {
            out().println(film.description() + ": " + frames + " is ready");
        }
    }

    @Command(
            name = "prune",
            description = "Removes those that were not used for longest.",
            mixinStandardHelpOptions = true)
    void prune(
            @Option(
                            names = "--to",
                            paramLabel = "MIB",
                            description = "How much may stay; 0 removes everything (default: the limit).")
                    @Nullable
                    Long mebibytes)
            throws IOException {
        if (mebibytes != null && mebibytes < 0) {
            throw wrong("--to " + mebibytes + " is less than 0");
        }
        List<CachedEngines.Entry> removed =
                cached().prune(mebibytes == null ? EngineCache.limitBytes(environment) : mebibytes << 20);
        removed.forEach(this::print);
        long bytes = removed.stream().mapToLong(CachedEngines.Entry::bytes).sum();
        out().printf(Locale.ROOT, "removed %.1f MiB%n", mebibytes(bytes));
    }

    /** Of untagged video: another colorimetry makes other engines. */
    private FrameFormat frameFormat(PixelFormat format, String text) {
        try {
            FrameSize size = FrameSize.parse(text);
            return new FrameFormat(format, size.width(), size.height(), Colorimetry.untagged(format, size.height()));
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private void print(CachedEngines.Entry entry) {
        out().printf(
                        Locale.ROOT,
                        "%8.1f MiB  %s  %-8s %s%n",
                        mebibytes(entry.bytes()),
                        DAY.format(entry.used()),
                        entry.kind(),
                        entry.what().isEmpty() ? entry.key() : entry.what());
    }

    private CachedEngines cached() {
        return new CachedEngines(new Folders(environment).engines());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private static double mebibytes(long bytes) {
        return bytes / (double) (1 << 20);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
