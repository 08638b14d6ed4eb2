package dev.midframe.cli.gpucheck;

import dev.midframe.engine.check.FrameComparison;
import dev.midframe.tensorrt.measure.GpuMeasurement;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints {@code gpu-check}'s rows as they come. Times are milliseconds unless the column says seconds. */
final class GpuCheckTable {

    private static final String NAMES = "%-12s %-10s %-5s";
    private static final String FIGURES =
            " %8.2f %8.2f %8.2f %8.2f %8.2f %8.2f %7.2f %7.1f %6.0f %6.0f%% %7d %8s %8.1f";

    private final PrintWriter out;

    GpuCheckTable(PrintWriter out) {
        this.out = out;
    }

    void head() {
        out.printf(
                NAMES + " %8s %8s %8s %8s %8s %8s %7s %7s %6s %7s %7s %8s %8s %12s%n",
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
                "dB/corner/block");
        out.flush();
    }

    void print(GpuCheckRow row) {
        out.printf(NAMES, row.model(), row.size(), row.precision());
        if (row.measurement() != null) {
            print(row.measurement());
        }
        out.println(ending(row.comparison(), row));
        out.flush();
    }

    private void print(GpuMeasurement m) {
        out.printf(
                Locale.ROOT,
                FIGURES,
                m.featuresMillis(),
                m.pairMillis(),
                m.uploadMillis(),
                m.downloadMillis(),
                m.computeMedianMillis(),
                m.computeP99Millis(),
                GpuCheckRow.TARGET_MILLIS / m.computeMedianMillis(),
                m.pairsPerSecond(),
                m.tflops(),
                100 * m.shareOfMatrixProduct(),
                m.memoryBytes() >> 20,
                m.built() ? String.format(Locale.ROOT, "%.1f", m.openSeconds()) : "cached",
                m.cachedOpenSeconds());
    }

    private static String ending(@Nullable FrameComparison c, GpuCheckRow row) {
        String decibels = c == null
                ? ""
                : String.format(Locale.ROOT, " %5.0f/%.0f/%.0f", c.decibels(), c.cornerDecibels(), c.blockDecibels());
        return decibels
                + switch (row.outcome()) {
                    case GOOD -> "";
                    case TOO_FAR -> "  TOO FAR FROM THE CPU'S";
                    case NO_MEMORY -> "  left out: " + row.failure();
                    case FAILED -> "  FAILED: " + row.failure();
                };
    }
}
