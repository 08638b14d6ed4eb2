package dev.midframe.tensorrt;

import dev.midframe.tensorrt.cuda.Cuda;
import dev.midframe.tensorrt.cuda.Gpu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of the GPU engine's needs this machine has: a CUDA driver with a device, and TensorRT's libraries.
 *
 * @param gpu whether there is a driver with a GPU, whatever else is missing
 * @param found one line each, for people
 * @param missing one line each: what is missing and what to install; empty when all is there
 */
public record TensorRtAvailability(boolean gpu, List<String> found, List<String> missing) {

    public TensorRtAvailability {
        found = List.copyOf(found);
        missing = List.copyOf(missing);
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
        Path folder = libraries == null ? null : libraries.folder();
        if (cuda != null && folder != null) {
            cuda.gpus().stream().filter(wanted).forEach(gpu -> attempt(missing, () -> kernels(folder, gpu)));
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
     * Looks for what TensorRT's builder chooses from: one library for all GPUs (to 10.6) or one for each compute capability.
     *
     * @param folder of libnvinfer
     * @throws TensorRtException when there is none for this GPU, with what can be done
     */
    static Path kernels(Path folder, Gpu gpu) {
        String own = "libnvinfer_builder_resource_sm" + gpu.computeCapability().replace(".", "") + ".so";
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.startsWith(own) || name.startsWith("libnvinfer_builder_resource.so");
                    })
                    .findAny()
                    .orElseThrow(
                            () -> new TensorRtException("the TensorRT in " + folder + " cannot build engines for the "
                                    + gpu.name() + ", because it has no " + own
                                    + ": install NVIDIA's own package, or run ./midframe tensorrt install and have "
                                    + Folders.TENSORRT + " name the folder that it prints"));
        } catch (IOException e) {
            throw new TensorRtException(folder + " cannot be read: " + e.getMessage(), e);
        }
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

    private static <T> @Nullable T attempt(List<String> missing, Supplier<T> step) {
        try {
            return step.get();
        } catch (TensorRtException e) {
            missing.add(e.getMessage());
            return null;
        }
    }
}
