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
 * @param warps who warps features
 */
public record BuildSettings(Precision precision, int optimizationLevel, long workspaceBytes, Warps warps) {

    /** Who warps features. */
    public enum Warps {
        /** TensorRT, inside of three engines. */
        ENGINE,
        /** Kernels of our own, between more of them. */
        KERNELS
    }

    /** Half precision, TensorRT's own level and warping, 4 GiB. */
    public static final BuildSettings DEFAULT = new BuildSettings(Precision.FP16, 3, 4L << 30, Warps.ENGINE);

    private static final String PRECISION = "MIDFRAME_TENSORRT_PRECISION";
    private static final String LEVEL = "MIDFRAME_TENSORRT_LEVEL";
    private static final String WORKSPACE = "MIDFRAME_TENSORRT_WORKSPACE";
    private static final String WARPS = "MIDFRAME_TENSORRT_WARPS";

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
     *     {@code MIDFRAME_TENSORRT_WORKSPACE} in MiB, {@code MIDFRAME_TENSORRT_WARPS} engine or kernels
     * @throws TensorRtException when one has another value
     */
    public static BuildSettings of(Map<String, String> environment) {
        return new BuildSettings(
                precision(environment.getOrDefault(PRECISION, "")),
                (int) number(environment, LEVEL, DEFAULT.optimizationLevel, 0, 5),
                number(environment, WORKSPACE, DEFAULT.workspaceBytes >> 20, 1, 1 << 20) << 20,
                warps(environment.getOrDefault(WARPS, "")));
    }

    private static Precision precision(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "" -> DEFAULT.precision;
            case "fp16" -> Precision.FP16;
            case "fp32" -> Precision.FP32;
            default -> throw new TensorRtException(PRECISION + "=" + value + " is neither fp16 nor fp32");
        };
    }

    private static Warps warps(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "" -> DEFAULT.warps;
            case "engine" -> Warps.ENGINE;
            case "kernels" -> Warps.KERNELS;
            default -> throw new TensorRtException(WARPS + "=" + value + " is neither engine nor kernels");
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
