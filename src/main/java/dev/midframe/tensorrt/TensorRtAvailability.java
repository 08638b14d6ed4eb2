package dev.midframe.tensorrt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What of the GPU engine's needs this machine has: a CUDA driver with a device, and TensorRT's libraries.
 *
 * @param found one line each, for people
 * @param missing one line each: what is missing and what to install; empty when all is there
 */
public record TensorRtAvailability(List<String> found, List<String> missing) {

    public TensorRtAvailability {
        found = List.copyOf(found);
        missing = List.copyOf(missing);
    }

    /**
     * Looks for everything; creates nothing on a device.
     *
     * @param environment as {@link System#getenv()}
     */
    public static TensorRtAvailability probe(Map<String, String> environment) {
        List<String> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        attempt(missing, () -> driver(Cuda.load(), found));
        attempt(missing, () -> {
            TensorRtLibraries libraries = TensorRtLibraries.load(environment);
            libraries.sibling("libnvonnxparser");
            found.add("TensorRT " + libraries.versionText() + " in "
                    + (libraries.folder() == null ? "the loader's path" : libraries.folder()));
        });
        return new TensorRtAvailability(found, missing);
    }

    /** Whether nothing is missing. */
    public boolean complete() {
        return missing.isEmpty();
    }

    /** What is missing in one line; empty when nothing is. */
    public String remedy() {
        return String.join("; ", missing);
    }

    private static void driver(Cuda cuda, List<String> found) {
        List<Gpu> gpus = cuda.gpus();
        found.add("CUDA driver for CUDA " + cuda.version());
        if (gpus.isEmpty()) {
            throw new TensorRtException("the CUDA driver sees no GPU: check nvidia-smi and CUDA_VISIBLE_DEVICES");
        }
        gpus.forEach(gpu -> found.add("GPU " + gpu));
    }

    private static void attempt(List<String> missing, Runnable step) {
        try {
            step.run();
        } catch (TensorRtException e) {
            missing.add(e.getMessage());
        }
    }
}
