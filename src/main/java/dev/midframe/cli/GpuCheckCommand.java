package dev.midframe.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.midframe.film.FilmConfig;
import dev.midframe.film.FilmModel;
import dev.midframe.film.FilmModels;
import dev.midframe.film.Precision;
import dev.midframe.film.SafetensorsWriter;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.Colorimetry;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameFormat;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.PixelFormat;
import dev.midframe.tensorrt.BuildSettings;
import dev.midframe.tensorrt.GpuMeasurement;
import dev.midframe.tensorrt.GpuMeter;
import dev.midframe.tensorrt.TensorRtAvailability;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
            "'published' is FILM in its published size with random weights."
        })
final class GpuCheckCommand implements Callable<Integer> {

    /** A full-rate stream of 30 pairs a second. */
    private static final double TARGET_MILLIS = 1000.0 / 30;

    private static final String PUBLISHED = "published";
    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

    /** One line of the table; {@code failure} says why there are no figures. */
    record Row(
            String model,
            String size,
            Precision precision,
            @Nullable GpuMeasurement measurement,
            @Nullable GpuComparison comparison,
            @Nullable String failure) {

        boolean good() {
            return comparison != null && comparison.closeEnough(precision);
        }
    }

    @Option(names = "--device", paramLabel = "N", description = "GPU number (default: ${DEFAULT-VALUE}).")
    private int device;

    @Option(
            names = "--models",
            split = ",",
            paramLabel = "NAME",
            description = "Models (default: all there are, and published).")
    private List<String> models = List.of();

    @Option(names = "--sizes", split = ",", paramLabel = "WxH", description = "Sizes (default: ${DEFAULT-VALUE}).")
    private List<String> sizes = List.of("192x128", "640x360", "1280x720", "1920x1080", "3840x2160");

    @Option(names = "--level", paramLabel = "N", description = "Builder level, 0 to 5 (default: ${DEFAULT-VALUE}).")
    private int level = BuildSettings.DEFAULT.optimizationLevel();

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures as JSON.")
    private @Nullable Path json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<FrameFormat> formats = sizes.stream().map(this::format).toList();
        TensorRtAvailability found = TensorRtAvailability.probe(System.getenv());
        if (!found.complete()) {
            throw new InterpolationException("gpu-check cannot run here: " + found.remedy());
        }
        PrintWriter out = spec.commandLine().getOut();
        found.found().forEach(out::println);
        FilmModels catalogue = FilmModels.ofUser(System.getenv());
        Path published = Files.createTempDirectory("midframe-gpu-check").resolve("published.safetensors");
        try {
            List<Row> rows = measure(catalogue, formats, published, out);
            if (json != null) {
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), rows);
            }
            return rows.stream().allMatch(Row::good) ? 0 : 1;
        } finally {
            Files.deleteIfExists(published);
            Files.delete(published.getParent());
        }
    }

    private List<Row> measure(FilmModels catalogue, List<FrameFormat> formats, Path published, PrintWriter out) {
        double matrixProduct = meter(catalogue, Precision.FP16).matrixProductTflops(device);
        out.printf("matrix product, half precision: %.0f TFLOPS%n%n", matrixProduct);
        out.printf(
                "%-12s %-10s %-5s %8s %8s %8s %8s %8s %8s %7s %7s %6s %7s %7s %8s %8s %9s%n",
                "model",
                "size",
                "",
                "features",
                "pair",
                "up",
                "down",
                "median",
                "p99",
                "x 33.3",
                "pairs/s",
                "TFLOPS",
                "share",
                "MiB",
                "open s",
                "again s",
                "dB/corner");
        List<String> names = new ArrayList<>(models.isEmpty() ? catalogue.names() : models);
        if (models.isEmpty()) {
            names.add(PUBLISHED);
        }
        List<Row> rows = new ArrayList<>();
        for (String name : names) {
            String model = name.equals(PUBLISHED) ? publishedModel(published) : name;
            for (Precision precision : List.of(Precision.FP16, Precision.FP32)) {
                for (FrameFormat format : formats) {
                    Row row = row(catalogue, name, model, precision, format, matrixProduct);
                    rows.add(row);
                    print(out, row);
                }
            }
        }
        return rows;
    }

    private Row row(
            FilmModels catalogue,
            String name,
            String model,
            Precision precision,
            FrameFormat format,
            double matrixProduct) {
        String size = format.width() + "x" + format.height();
        try (TestPictures pictures = new TestPictures(format)) {
            EngineRequest request = new EngineRequest(format, model, Backend.TENSORRT, 3, 0, device);
            GpuMeasurement measurement = meter(catalogue, precision).measure(request, pictures.frames(), matrixProduct);
            GpuComparison comparison = GpuComparison.of(catalogue, settings(precision), request, pictures.frames());
            return new Row(name, size, precision, measurement, comparison, null);
        } catch (InterpolationException e) {
            return new Row(name, size, precision, null, null, e.getMessage());
        }
    }

    private static void print(PrintWriter out, Row row) {
        GpuMeasurement m = row.measurement();
        GpuComparison c = row.comparison();
        if (m == null || c == null) {
            out.printf("%-12s %-10s %-5s %s%n", row.model(), row.size(), row.precision(), row.failure());
        } else {
            out.printf(
                    "%-12s %-10s %-5s %8.2f %8.2f %8.2f %8.2f %8.2f %8.2f %7.2f %7.1f %6.0f %6.0f%% %7d %8.1f %8.1f"
                            + " %4.0f/%4.0f%s%n",
                    row.model(),
                    row.size(),
                    row.precision(),
                    m.featuresMillis(),
                    m.pairMillis(),
                    m.uploadMillis(),
                    m.downloadMillis(),
                    m.computeMedianMillis(),
                    m.computeP99Millis(),
                    TARGET_MILLIS / m.computeMedianMillis(),
                    m.pairsPerSecond(),
                    m.tflops(),
                    100 * m.shareOfMatrixProduct(),
                    m.memoryBytes() >> 20,
                    m.openSeconds(),
                    m.cachedOpenSeconds(),
                    c.decibels(),
                    c.cornerDecibels(),
                    row.good() ? "" : "  TOO FAR FROM THE CPU'S");
        }
        out.flush();
    }

    private GpuMeter meter(FilmModels catalogue, Precision precision) {
        return new GpuMeter(System.getenv(), catalogue, settings(precision), new BuildReport(System.err));
    }

    private BuildSettings settings(Precision precision) {
        return new BuildSettings(precision, level, BuildSettings.DEFAULT.workspaceBytes());
    }

    private static String publishedModel(Path file) {
        FilmModel model = FilmModel.random(PUBLISHED, FilmConfig.PUBLISHED, 1);
        SafetensorsWriter.write(file, Map.of(), model.weights().values());
        return file.toString();
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
