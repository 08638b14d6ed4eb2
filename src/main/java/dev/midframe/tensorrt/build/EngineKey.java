package dev.midframe.tensorrt.build;

import dev.midframe.tensorrt.TensorRt;
import dev.midframe.tensorrt.cuda.Cuda;
import dev.midframe.tensorrt.cuda.Gpu;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a built engine depends on; every part in which two differ makes another engine.
 *
 * @param graph SHA-256 of the ONNX model, which holds weights, size, precision, pixel format and colorimetry, and whether
 *     channels lie together outside
 * @param gpu name, compute capability and multiprocessors
 * @param driver version of CUDA that the driver supports
 * @param tensorRt version
 * @param settings of the build
 */
record EngineKey(String graph, String gpu, String driver, String tensorRt, BuildSettings settings) {

    static EngineKey of(NetworkSource source, Gpu gpu, Cuda cuda, TensorRt tensorRt, BuildSettings settings) {
        return new EngineKey(
                sha256(source.onnx()) + (source.channelsLast().isEmpty() ? "" : " with channels last"),
                gpu.name() + " " + gpu.computeCapability() + " " + gpu.multiprocessors(),
                cuda.version(),
                tensorRt.versionText(),
                settings);
    }

    /** The whole key in one line, as it stands in the cache file. */
    String text() {
        return "engine without TF32 of " + graph + " on " + gpu + ", driver for CUDA " + driver + ", TensorRT "
                + tensorRt + ", " + settings;
    }

    /** The key of the timing cache that this build shares with others. */
    String timingText() {
        return "timing on " + gpu + ", driver for CUDA " + driver + ", TensorRT " + tensorRt;
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
