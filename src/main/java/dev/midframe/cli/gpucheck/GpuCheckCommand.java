package dev.midframe.cli.gpucheck;

import dev.midframe.cli.StopSignal;
import dev.midframe.film.graph.Precision;
import dev.midframe.film.model.FilmModels;
import dev.midframe.film.network.FilmPart;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.onnx.OnnxInterpolatorFactory;
import dev.midframe.support.FrameSize;
import dev.midframe.tensorrt.TensorRtAvailability;
import dev.midframe.tensorrt.build.BuildSettings;
import dev.midframe.tensorrt.run.ThreeEngines;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code midframe gpu-check}: checks every engine on the GPU against the CPU's, and measures it. Needs no GStreamer. */
@Command(
        name = "gpu-check",
        description = {
            "Checks and measures the GPU engine.",
            "It builds the engines, compares their frames with the CPU's in floats, and measures their speed.",
            "'published', and 'film-base-gpu' where it has no weights, are made with random ones."
        })
public final class GpuCheckCommand implements Callable<Integer> {

    /** As a shell says of a program that SIGINT ended. */
    private static final int STOPPED = 130;

    @Option(names = "--device", paramLabel = "N", description = "GPU number (default: ${DEFAULT-VALUE}).")
    private int device;

    @Option(
            names = "--models",
            split = ",",
            paramLabel = "NAME",
            description = "Models (default: all there are, film-base-gpu and published).")
    private List<String> models = List.of();

    @Option(names = "--sizes", split = ",", paramLabel = "WxH", description = "Sizes (default: ${DEFAULT-VALUE}).")
    private List<String> sizes = List.of("192x128", "640x360", "1280x720", "1920x1080", "3840x2160");

    @Option(names = "--precisions", split = ",", paramLabel = "P", description = "fp16, fp32 (default: both).")
    private List<Precision> precisions = List.of(Precision.FP16, Precision.FP32);

    @Option(names = "--level", paramLabel = "N", description = "Builder level, 0 to 5 (default: ${DEFAULT-VALUE}).")
    private int level = BuildSettings.DEFAULT.optimizationLevel();

    @Option(
            names = "--workspace",
            paramLabel = "MIB",
            description = "Device memory that a layer may use (default: ${DEFAULT-VALUE}).")
    private long workspace = BuildSettings.DEFAULT.workspaceBytes() >> 20;

    @Option(
            names = "--warps",
            paramLabel = "BY",
            description = "Who warps features: engine (TensorRT itself) or kernels (Midframe's own) (default:"
                    + " ${DEFAULT-VALUE}).")
    private BuildSettings.Warps warps = BuildSettings.DEFAULT.warps();

    @Option(
            names = "--parts",
            split = ",",
            paramLabel = "PART",
            description = "Builds and times only these engines, each alone: FEATURES, FLOW, FUSION.")
    private List<FilmPart> parts = List.of();

    @Option(
            names = "--profile",
            description =
                    "With --parts (default: all): prints the 40 slowest layers of each, with formats and kernels.")
    private boolean profile;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "With --parts: how long each is measured (default: ${DEFAULT-VALUE}).")
    private double seconds = 2;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures as JSON, after every row.")
    private @Nullable Path json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<FrameFormat> formats = sizes.stream().map(this::format).toList();
        checkSettings();
        TensorRtAvailability found = TensorRtAvailability.probe(System.getenv(), device);
        if (!found.complete()) {
            throw new InterpolationException("gpu-check cannot run here: " + found.remedy());
        }
        if (!found.unbuildable().isEmpty()) {
            throw new InterpolationException(
                    "gpu-check cannot run here: " + found.unbuildable().getFirst());
        }
        var stopped = new AtomicBoolean();
        StopSignal.onFirst(_ -> stopped.set(true));
        PrintWriter out = spec.commandLine().getOut();
        found.found().forEach(out::println);
        FilmModels catalogue = FilmModels.ofUser(System.getenv());
        GpuUnderTest gpu = new TensorRtUnderTest(catalogue, device, this::settings, stopped::get);
        try (GpuCheckModels checked = new GpuCheckModels(catalogue)) {
            if (profile || !parts.isEmpty()) {
                boolean measured =
                        partCheck().run(gpu, chosen(checked), formats, precisions, device, stopped::get, out);
                return stopped.get() ? STOPPED : measured ? 0 : 1;
            }
            GpuCheck check = new GpuCheck(gpu, OnnxInterpolatorFactory.inFloats(catalogue), stopped::get, out, json);
            chosen(checked).forEach(check::add);
            boolean good = check.run(found.found(), device, settingsText(), formats, precisions);
            return stopped.get() ? STOPPED : good ? 0 : 1;
        }
    }

    private PartCheck partCheck() {
        return new PartCheck(parts.isEmpty() ? ThreeEngines.PARTS : parts, seconds, profile, json);
    }

    private Map<String, String> chosen(GpuCheckModels checked) {
        Map<String, String> chosen = new LinkedHashMap<>();
        (models.isEmpty() ? checked.names() : models).forEach(name -> chosen.put(name, checked.find(name)));
        return chosen;
    }

    private BuildSettings settings(Precision precision) {
        return new BuildSettings(precision, level, workspace << 20, warps);
    }

    private String settingsText() {
        return "level " + level + ", workspace " + workspace + " MiB, warps by the "
                + warps.name().toLowerCase(Locale.ROOT);
    }

    private void checkSettings() {
        if (!ThreeEngines.PARTS.containsAll(parts)) {
            throw new ParameterException(spec.commandLine(), "--parts takes FEATURES, FLOW and FUSION");
        }
        if (warps == BuildSettings.Warps.KERNELS && (profile || !parts.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(), "--parts and --profile are of engines that warp themselves");
        }
        if (!(seconds >= 0 && seconds <= 3600)) {
            throw new ParameterException(spec.commandLine(), "--seconds " + seconds + ": must be 0 to 3600");
        }
        try {
            settings(Precision.FP16);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private FrameFormat format(String text) {
        try {
            FrameSize size = FrameSize.parse(text);
            return new FrameFormat(PixelFormat.I420, size.width(), size.height(), Colorimetry.BT601_LIMITED);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
