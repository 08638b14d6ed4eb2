package dev.midframe.cli.gpucheck;

import dev.midframe.cli.gpucheck.GpuCheckRow.Outcome;
import dev.midframe.engine.check.FrameComparison;
import dev.midframe.engine.check.TexturedFrames;
import dev.midframe.film.graph.Precision;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.interpolation.MotionSize;
import dev.midframe.tensorrt.cuda.GpuMemoryException;
import dev.midframe.tensorrt.measure.GpuMeasurement;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.VideoFrame;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Every model at every size in every precision: a row each, printed as soon as it is there. */
final class GpuCheck {

    private static final int DEPTH = 3;

    private final GpuUnderTest gpu;
    private final InterpolatorFactory cpu;
    private final BooleanSupplier stopped;
    private final PrintWriter out;
    private final @Nullable Path json;
    private final Map<String, String> models = new LinkedHashMap<>();

    /**
     * @param cpu makes the pictures that the GPU's are held against
     * @param stopped ends the check after the row that is being made when it says so
     * @param json where the figures go after every row, null for nowhere
     */
    GpuCheck(GpuUnderTest gpu, InterpolatorFactory cpu, BooleanSupplier stopped, PrintWriter out, @Nullable Path json) {
        this.gpu = gpu;
        this.cpu = cpu;
        this.stopped = stopped;
        this.out = out;
        this.json = json;
    }

    /** A model to be checked, with what engines find it by. */
    void add(String name, String model) {
        models.put(name, model);
    }

    /**
     * Checks and measures.
     *
     * @param machine driver, GPUs and TensorRT, one line each
     * @param settings of the builder, for people
     * @return whether nothing is wrong with any engine
     * @throws IOException when the figures cannot be written
     */
    boolean run(
            List<String> machine, int device, String settings, List<FrameFormat> formats, List<Precision> precisions)
            throws IOException {
        List<GpuCheckRow> rows = new ArrayList<>();
        double matrixProduct = matrixProduct();
        GpuCheckResult result = new GpuCheckResult(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                machine,
                device,
                settings,
                matrixProduct,
                GpuCheckRow.TARGET_MILLIS,
                rows);
        write(result);
        GpuCheckTable table = new GpuCheckTable(out);
        table.head();
        for (String name : models.keySet()) {
            for (FrameFormat format : formats) {
                try (TexturedFrames textured = new TexturedFrames(format);
                        Arena arena = Arena.ofShared()) {
                    var expected = new CpuPicture(models.get(name), textured.frames(), arena);
                    for (Precision precision : precisions) {
                        GpuCheckRow row = stopped.getAsBoolean()
                                ? null
                                : row(name, device, precision, textured.frames(), expected, matrixProduct);
                        if (row == null || stopped.getAsBoolean()) {
                            out.println("stopped; the rows above are complete");
                            return rows.stream().allMatch(GpuCheckRow::acceptable);
                        }
                        rows.add(row);
                        table.print(row);
                        write(result);
                    }
                }
            }
        }
        return rows.stream().allMatch(GpuCheckRow::acceptable);
    }

    private double matrixProduct() {
        try {
            double tflops = gpu.matrixProductTflops();
            out.printf("matrix product, half precision: %.0f TFLOPS%n%n", tflops);
            return tflops;
        } catch (InterpolationException e) {
            out.println("matrix product, half precision: " + e.getMessage());
            return Double.NaN;
        }
    }

    private GpuCheckRow row(
            String name,
            int device,
            Precision precision,
            List<VideoFrame> frames,
            CpuPicture expected,
            double matrixProduct) {
        FrameFormat format = frames.getFirst().format();
        String size = format.width() + "x" + format.height();
        EngineRequest request = new EngineRequest(format, models.get(name), Backend.TENSORRT, DEPTH, 0, device);
        GpuMeasurement measurement = null;
        try (Arena arena = Arena.ofShared()) {
            measurement = gpu.measure(request, precision, frames, matrixProduct);
            VideoFrame actual = FrameComparison.middle(gpu.engines(precision), request, frames, arena);
            return GpuCheckRow.of(name, size, precision, measurement, FrameComparison.between(expected.get(), actual));
        } catch (InterpolationException e) {
            Outcome outcome = e instanceof GpuMemoryException ? Outcome.NO_MEMORY : Outcome.FAILED;
            return new GpuCheckRow(name, size, precision, outcome, measurement, null, e.getMessage());
        } catch (OutOfMemoryError e) {
            String failure = "this machine has too little memory for the picture that it is compared with";
            return new GpuCheckRow(name, size, precision, Outcome.FAILED, measurement, null, failure);
        }
    }

    private void write(GpuCheckResult result) throws IOException {
        if (json != null) {
            result.write(json);
        }
    }

    /** The picture that the GPU's are held against: made when it is first needed, for all precisions. */
    private final class CpuPicture {

        private final String model;
        private final List<VideoFrame> frames;
        private final Arena arena;
        private @Nullable VideoFrame made;

        CpuPicture(String model, List<VideoFrame> frames, Arena arena) {
            this.model = model;
            this.frames = frames;
            this.arena = arena;
        }

        VideoFrame get() {
            if (made == null) {
                FrameFormat format = frames.getFirst().format();
                EngineRequest request = new EngineRequest(format, model, Backend.CPU, 1, 0, 0, MotionSize.FULL);
                made = FrameComparison.middle(cpu, request, frames, arena);
            }
            return made;
        }
    }
}
