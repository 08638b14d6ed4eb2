package dev.midframe.tensorrt;

import dev.midframe.film.Precision;

/**
 * Choices of a build.
 *
 * @param precision of weights and features; FP32 also does without TF32
 * @param optimizationLevel 0 (fast build) to 5 (fast engine)
 * @param workspaceBytes device memory that a layer may use, a bound on the search for fast kernels
 */
public record BuildSettings(Precision precision, int optimizationLevel, long workspaceBytes) {

    /** Half precision, TensorRT's own level, 4 GiB. */
    public static final BuildSettings DEFAULT = new BuildSettings(Precision.FP16, 3, 4L << 30);

    public BuildSettings {
        if (optimizationLevel < 0 || optimizationLevel > 5) {
            throw new IllegalArgumentException("builder level " + optimizationLevel + " is not in 0..5");
        }
        if (workspaceBytes < 1) {
            throw new IllegalArgumentException("a workspace of " + workspaceBytes + " bytes is none");
        }
    }
}
