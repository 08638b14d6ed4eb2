package dev.midframe.tensorrt.build;

import dev.midframe.film.graph.Precision;
import dev.midframe.tensorrt.TensorRtException;
import java.util.Locale;
import java.util.Map;

/**
 * Choices of a build.
 *
 * @param precision of weights and features; what is computed in FP32 is never rounded to TF32
 * @param optimizationLevel 0 (fast build) to 5 (fast engine)
 * @param workspaceBytes device memory that a layer may use, a bound on the search for fast kernels
 */
public record BuildSettings(Precision precision, int optimizationLevel, long workspaceBytes) {

    /** Half precision, TensorRT's own level, 4 GiB. */
    public static final BuildSettings DEFAULT = new BuildSettings(Precision.FP16, 3, 4L << 30);

    private static final String PRECISION = "MIDFRAME_TENSORRT_PRECISION";
    private static final String LEVEL = "MIDFRAME_TENSORRT_LEVEL";
    private static final String WORKSPACE = "MIDFRAME_TENSORRT_WORKSPACE";

    public BuildSettings {
        if (optimizationLevel < 0 || optimizationLevel > 5) {
            throw new IllegalArgumentException("builder level " + optimizationLevel + " is not in 0..5");
        }
        if (workspaceBytes < 1) {
            throw new IllegalArgumentException("a workspace of " + workspaceBytes + " bytes is none");
        }
    }

    /**
     * What a user has chosen, the default where nothing is.
     *
     * @param environment {@code MIDFRAME_TENSORRT_PRECISION} fp16 or fp32, {@code MIDFRAME_TENSORRT_LEVEL} 0 to 5,
     *     {@code MIDFRAME_TENSORRT_WORKSPACE} in MiB
     * @throws TensorRtException when one has another value
     */
    public static BuildSettings of(Map<String, String> environment) {
        return new BuildSettings(
                precision(environment.getOrDefault(PRECISION, "")),
                (int) number(environment, LEVEL, DEFAULT.optimizationLevel, 0, 5),
                number(environment, WORKSPACE, DEFAULT.workspaceBytes >> 20, 1, 1 << 20) << 20);
    }

    private static Precision precision(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "" -> DEFAULT.precision;
            case "fp16" -> Precision.FP16;
            case "fp32" -> Precision.FP32;
            default -> throw new TensorRtException(PRECISION + "=" + value + " is neither fp16 nor fp32");
        };
    }

    static long number(Map<String, String> environment, String name, long initial, long least, long greatest) {
        String value = environment.getOrDefault(name, "");
        if (value.isEmpty()) {
            return initial;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= greatest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, as a number that is too large is.
        }
        throw new TensorRtException(name + "=" + value + " is no number from " + least + " to " + greatest);
    }
}
