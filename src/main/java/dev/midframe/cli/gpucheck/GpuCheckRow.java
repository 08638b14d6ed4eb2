package dev.midframe.cli.gpucheck;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.midframe.engine.check.FrameComparison;
import dev.midframe.film.graph.Precision;
import dev.midframe.tensorrt.measure.GpuMeasurement;
import org.jspecify.annotations.Nullable;

/**
 * What {@code gpu-check} found of one model at one size.
 *
 * @param model its name
 * @param size of the frames, for example {@code 640x360}
 * @param precision of the GPU's engine
 * @param outcome what to think of it
 * @param measurement null when the engine did not open
 * @param comparison null when one of the two pictures could not be made
 * @param failure why something is missing, in one line
 */
record GpuCheckRow(
        String model,
        String size,
        Precision precision,
        Outcome outcome,
        @Nullable GpuMeasurement measurement,
        @Nullable FrameComparison comparison,
        @Nullable String failure) {

    /** A full-rate stream of 30 pairs a second. */
    static final double TARGET_MILLIS = 1000.0 / 30;

    enum Outcome {
        /** As close to the CPU's picture as it has to be. */
        GOOD,
        /** Further from it. */
        TOO_FAR,
        /** The GPU has too little memory for this size. */
        NO_MEMORY,
        FAILED
    }

    /** A row with both figures. */
    static GpuCheckRow of(
            String model, String size, Precision precision, GpuMeasurement measurement, FrameComparison comparison) {
        Outcome outcome = comparison.closeEnough(precision) ? Outcome.GOOD : Outcome.TOO_FAR;
        return new GpuCheckRow(model, size, precision, outcome, measurement, comparison, null);
    }

    /** Whether nothing is wrong with the engine. */
    @JsonIgnore
    boolean acceptable() {
        return outcome == Outcome.GOOD || outcome == Outcome.NO_MEMORY;
    }
}
