package dev.midframe.tensorrt;

import dev.midframe.tensorrt.cuda.Cuda;
import dev.midframe.tensorrt.cuda.Gpu;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What of the GPU engine's needs this machine has: a CUDA driver with a device, and TensorRT's libraries.
 *
 * @param gpu whether there is a driver with a GPU, whatever else is missing
 * @param found one line each, for people
 * @param missing one line each: what is missing and what to install; empty when all is there
 * @param unbuildable one line each: why engines that are not kept already cannot be built
 */
public record TensorRtAvailability(boolean gpu, List<String> found, List<String> missing, List<String> unbuildable) {

    public TensorRtAvailability {
        found = List.copyOf(found);
        missing = List.copyOf(missing);
        unbuildable = List.copyOf(unbuildable);
    }

    /**
     * Looks for everything that any GPU here needs; creates nothing on a device.
     *
     * @param environment as {@link System#getenv()}
     */
    public static TensorRtAvailability probe(Map<String, String> environment) {
        return probe(environment, gpu -> true);
    }

    /**
     * Looks for everything that one GPU needs.
     *
     * @param device its number; that there is one is for who opens it to say
     */
    public static TensorRtAvailability probe(Map<String, String> environment, int device) {
        return probe(environment, gpu -> gpu.ordinal() == device);
    }

    private static TensorRtAvailability probe(Map<String, String> environment, Predicate<Gpu> wanted) {
        List<String> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        Cuda cuda = attempt(missing, () -> driver(Cuda.load(), found));
        TensorRtLibraries libraries = attempt(missing, () -> libraries(environment, found));
        List<String> unbuildable = new ArrayList<>();
        if (cuda != null && libraries != null) {
            for (Gpu gpu : cuda.gpus().stream().filter(wanted).toList()) {
                attempt(missing, () -> SupportedGpus.check(gpu, libraries.version()));
                attempt(unbuildable, () -> SupportedGpus.checkKernels(gpu, libraries.folder()));
            }
        }
        return new TensorRtAvailability(cuda != null, found, missing, unbuildable);
    }

    /** Whether nothing is missing. */
    public boolean complete() {
        return missing.isEmpty();
    }

    /** What is missing in one line; empty when nothing is. */
    public String remedy() {
        return String.join("; ", missing);
    }

    private static Cuda driver(Cuda cuda, List<String> found) {
        List<Gpu> gpus = cuda.gpus();
        found.add("CUDA driver for CUDA " + cuda.version());
        if (gpus.isEmpty()) {
            throw new TensorRtException("the CUDA driver sees no GPU: check nvidia-smi and CUDA_VISIBLE_DEVICES");
        }
        gpus.forEach(gpu -> found.add("GPU " + gpu));
        return cuda;
    }

    private static TensorRtLibraries libraries(Map<String, String> environment, List<String> found) {
        TensorRtLibraries libraries = TensorRtLibraries.load(environment);
        libraries.parser();
        found.add("TensorRT " + libraries.versionText() + " in "
                + (libraries.folder() == null ? "the loader's path" : libraries.folder()));
        return libraries;
    }

    private static void attempt(List<String> missing, Runnable step) {
        attempt(missing, () -> {
            step.run();
            return true;
        });
    }

    private static <T> @Nullable T attempt(List<String> missing, Supplier<T> step) {
        try {
            return step.get();
        } catch (TensorRtException e) {
            missing.add(e.getMessage());
            return null;
        }
    }
}
