package dev.midframe.cli.gpucheck;

import dev.midframe.support.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The figures of {@code gpu-check} as its JSON holds them.
 *
 * @param date UTC, ISO 8601
 * @param machine driver, GPUs and TensorRT, one line each
 * @param device number of the GPU
 * @param settings of the builder
 * @param matrixProductTflops of a large half-precision matrix product; NaN where that could not be measured
 * @param targetMillis what {@code computeMedianMillis} is held against
 * @param rows so far
 */
record GpuCheckResult(
        String date,
        List<String> machine,
        int device,
        String settings,
        double matrixProductTflops,
        double targetMillis,
        List<GpuCheckRow> rows) {

    /** Replaces the file at once. */
    void write(Path file) throws IOException {
        new AtomicFile(file).writeJson(this);
    }
}
