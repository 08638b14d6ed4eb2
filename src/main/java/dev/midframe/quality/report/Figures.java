package dev.midframe.quality.report;

import dev.midframe.quality.metric.PairedComparison;
import dev.midframe.quality.metric.Summary;
import java.util.List;
import java.util.Locale;

/** How figures are written, the same in every report. */
final class Figures {

    /** Of the columns of {@link #of(Summary)}. */
    static final List<String> HEADINGS = List.of(
            "method",
            "PSNR RGB",
            "worst tenth",
            "worst",
            "PSNR Y",
            "worst",
            "SSIM RGB",
            "worst",
            "SSIM Y",
            "worst",
            "brightness",
            "stillness");

    /** Of the columns of {@link #of(PairedComparison)}. */
    static final List<String> COMPARISON_HEADINGS = List.of(
            "method",
            "counted by",
            "better",
            "worse",
            "mean lead",
            "lead where better",
            "lag where worse",
            "sign test p");

    private Figures() {}

    /** One row: the method and all it reached. */
    static List<String> of(Summary summary) {
        return List.of(
                summary.method(),
                decibels(summary.psnrRgb().mean()),
                decibels(summary.psnrRgb().worstTenth()),
                decibels(summary.psnrRgb().worst()),
                decibels(summary.psnrY().mean()),
                decibels(summary.psnrY().worst()),
                similarity(summary.ssimRgb().mean()),
                similarity(summary.ssimRgb().worst()),
                similarity(summary.ssimY().mean()),
                similarity(summary.ssimY().worst()),
                String.format(Locale.ROOT, "%+.3f %%", 100 * summary.brightness()),
                summary.stillness() == null ? "-" : Integer.toString(summary.stillness()));
    }

    /** One row: who leads how often, and by how much. */
    static List<String> of(PairedComparison comparison) {
        return List.of(
                comparison.method(),
                comparison.unit(),
                Integer.toString(comparison.better()),
                Integer.toString(comparison.worse()),
                String.format(Locale.ROOT, "%+.2f", comparison.gain()),
                decibels(comparison.gainWhereBetter()),
                decibels(comparison.lossWhereWorse()),
                String.format(Locale.ROOT, "%.2g", comparison.chance()));
    }

    static String decibels(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    static String similarity(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
