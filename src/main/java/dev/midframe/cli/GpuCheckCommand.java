package dev.midframe.cli;

import dev.midframe.cli.GpuCheckRow.Outcome;
import dev.midframe.film.FilmModels;
import dev.midframe.film.Precision;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.Colorimetry;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameFormat;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.MotionSize;
import dev.midframe.interpolation.PixelFormat;
import dev.midframe.interpolation.VideoFrame;
import dev.midframe.onnx.OnnxEngine;
import dev.midframe.tensorrt.BuildSettings;
import dev.midframe.tensorrt.GpuMeasurement;
import dev.midframe.tensorrt.GpuMemoryException;
import dev.midframe.tensorrt.GpuMeter;
import dev.midframe.tensorrt.TensorRtAvailability;
import dev.midframe.tensorrt.TensorRtEngine;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
            "Builds the GPU's engines, compares their pictures with the CPU's, and measures them.",
            "'published', and 'film-base' where it has no weights, are made with random ones."
        })
final class GpuCheckCommand implements Callable<Integer> {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

    @Option(names = "--device", paramLabel = "N", description = "GPU number (default: ${DEFAULT-VALUE}).")
    private int device;

    @Option(
            names = "--models",
            split = ",",
            paramLabel = "NAME",
            description = "Models (default: all there are, film-base and published).")
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

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures as JSON, after every row.")
    private @Nullable Path json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<FrameFormat> formats = sizes.stream().map(this::format).toList();
        checkSettings();
        TensorRtAvailability found = TensorRtAvailability.probe(System.getenv());
        if (!found.complete()) {
            throw new InterpolationException("gpu-check cannot run here: " + found.remedy());
        }
        PrintWriter out = spec.commandLine().getOut();
        found.found().forEach(out::println);
        FilmModels catalogue = FilmModels.ofUser(System.getenv());
        List<GpuCheckRow> rows = new ArrayList<>();
        try (GpuCheckModels checked = new GpuCheckModels(catalogue)) {
            double matrixProduct = matrixProduct(catalogue, out);
            GpuCheckResult result = new GpuCheckResult(
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                    found.found(),
                    device,
                    "level " + level + ", workspace " + workspace + " MiB",
                    matrixProduct,
                    GpuCheckRow.TARGET_MILLIS,
                    rows);
            write(result);
            GpuCheckTable table = new GpuCheckTable(out);
            table.head();
            for (String name : models.isEmpty() ? checked.names() : models) {
                for (FrameFormat format : formats) {
                    check(catalogue, name, checked.find(name), format, matrixProduct, row -> {
                        rows.add(row);
                        table.print(row);
                        write(result);
                    });
                }
            }
        }
        return rows.stream().allMatch(GpuCheckRow::acceptable) ? 0 : 1;
    }

    @FunctionalInterface
    private interface RowWriter {
        void accept(GpuCheckRow row) throws IOException;
    }

    private void write(GpuCheckResult result) throws IOException {
        if (json != null) {
            result.write(json);
        }
    }

    private double matrixProduct(FilmModels catalogue, PrintWriter out) {
        try {
            double tflops = meter(catalogue, Precision.FP16).matrixProductTflops(device);
            out.printf("matrix product, half precision: %.0f TFLOPS%n%n", tflops);
            return tflops;
        } catch (InterpolationException e) {
            out.println("matrix product, half precision: " + e.getMessage());
            return Double.NaN;
        }
    }

    /** @param done is told of every row as soon as there is one: the next may take minutes, or all the memory */
    private void check(
            FilmModels catalogue, String name, String model, FrameFormat format, double matrixProduct, RowWriter done)
            throws IOException {
        try (TestPictures pictures = new TestPictures(format);
                Arena arena = Arena.ofShared()) {
            var expected = new CpuPicture(catalogue, model, pictures.frames(), arena);
            for (Precision precision : precisions) {
                done.accept(row(catalogue, name, model, precision, pictures.frames(), expected, matrixProduct));
            }
        }
    }

    private GpuCheckRow row(
            FilmModels catalogue,
            String name,
            String model,
            Precision precision,
            List<VideoFrame> frames,
            CpuPicture expected,
            double matrixProduct) {
        FrameFormat format = frames.getFirst().format();
        String size = format.width() + "x" + format.height();
        EngineRequest request = new EngineRequest(format, model, Backend.TENSORRT, 3, 0, device);
        GpuMeasurement measurement = null;
        try (Arena arena = Arena.ofShared()) {
            measurement = meter(catalogue, precision).measure(request, frames, matrixProduct);
            VideoFrame actual = GpuComparison.middle(
                    new TensorRtEngine(System.getenv(), catalogue, settings(precision)), request, frames, arena);
            return GpuCheckRow.of(name, size, precision, measurement, GpuComparison.between(expected.get(), actual));
        } catch (InterpolationException e) {
            Outcome outcome = e instanceof GpuMemoryException ? Outcome.NO_MEMORY : Outcome.FAILED;
            return new GpuCheckRow(name, size, precision, outcome, measurement, null, e.getMessage());
        }
    }

    /** The picture that the GPU's are held against: made when it is first needed, for both precisions. */
    private static final class CpuPicture {

        private final FilmModels catalogue;
        private final String model;
        private final List<VideoFrame> frames;
        private final Arena arena;
        private @Nullable VideoFrame made;

        CpuPicture(FilmModels catalogue, String model, List<VideoFrame> frames, Arena arena) {
            this.catalogue = catalogue;
            this.model = model;
            this.frames = frames;
            this.arena = arena;
        }

        VideoFrame get() {
            if (made == null) {
                FrameFormat format = frames.getFirst().format();
                EngineRequest request = new EngineRequest(format, model, Backend.CPU, 1, 0, 0, MotionSize.FULL);
                made = GpuComparison.middle(new OnnxEngine(catalogue), request, frames, arena);
            }
            return made;
        }
    }

    private GpuMeter meter(FilmModels catalogue, Precision precision) {
        return new GpuMeter(System.getenv(), catalogue, settings(precision), BuildReport.onTerminal());
    }

    private BuildSettings settings(Precision precision) {
        return new BuildSettings(precision, level, workspace << 20);
    }

    private void checkSettings() {
        try {
            settings(Precision.FP16);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private FrameFormat format(String size) {
        Matcher matcher = SIZE.matcher(size);
        if (!matcher.matches()) {
            throw new ParameterException(spec.commandLine(), "'" + size + "' is no size; write it as 640x360");
        }
        return new FrameFormat(
                PixelFormat.I420,
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Colorimetry.BT601_LIMITED);
    }
}
