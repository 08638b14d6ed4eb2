package dev.midframe.tensorrt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What of the GPU engine's needs this machine has: a CUDA driver with a device, and TensorRT's libraries.
 *
 * @param gpu whether there is a driver with a GPU, whatever else is missing
 * @param found one line each, for people
 * @param missing one line each: what is missing and what to install; empty when all is there
 */
public record TensorRtAvailability(boolean gpu, List<String> found, List<String> missing) {

    /** An artifact whose TensorRT runs with drivers for CUDA 12. */
    private static final String FOR_CUDA_12 = "10.6-1.5.11";

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
        Cuda cuda = attempt(missing, () -> driver(Cuda.load(), found));
        TensorRtLibraries libraries = attempt(missing, () -> libraries(environment, found));
        if (cuda != null
                && libraries != null
                && new Folders(environment).installed().equals(libraries.folder())) {
            attempt(missing, () -> fit(cuda.version(), libraries.versionText()));
        }
        return new TensorRtAvailability(cuda != null, found, missing);
    }

    /** Whether nothing is missing. */
    public boolean complete() {
        return missing.isEmpty();
    }

    /** What is missing in one line; empty when nothing is. */
    public String remedy() {
        return String.join("; ", missing);
    }

    /**
     * Whether a driver can run what {@code midframe tensorrt install} fetches: its TensorRT 11 is made with CUDA 13.
     *
     * @param cuda the newest CUDA of the driver
     * @param tensorRt version
     * @throws TensorRtException when it cannot, with what can be done
     */
    static String fit(String cuda, String tensorRt) {
        if (tensorRt.startsWith("11.") && Integer.parseInt(cuda.substring(0, cuda.indexOf('.'))) < 13) {
            throw new TensorRtException("TensorRT " + tensorRt
                    + " as installed here needs a driver for CUDA 13, this one"
                    + " is for CUDA " + cuda + ": update the driver, or run ./midframe tensorrt install --version "
                    + FOR_CUDA_12);
        }
        return tensorRt;
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
        libraries.sibling("libnvonnxparser");
        found.add("TensorRT " + libraries.versionText() + " in "
                + (libraries.folder() == null ? "the loader's path" : libraries.folder()));
        return libraries;
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
