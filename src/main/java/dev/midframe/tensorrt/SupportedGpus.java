package dev.midframe.tensorrt;

import dev.midframe.tensorrt.cuda.Gpu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which GPUs a TensorRT works on, as NVIDIA's support matrix has it. */
final class SupportedGpus {

    /** The first version for Blackwell; those before know nothing above Hopper. */
    private static final int BLACKWELL = 10_0800;

    private static final Pattern KERNELS = Pattern.compile("libnvinfer_builder_resource_sm(\\d+)(\\d)\\.so.*");

    private static final Pattern MAVEN_VERSION = Pattern.compile("(\\d{1,3})\\.(\\d{1,2})-.*");

    private SupportedGpus() {}

    /**
     * Looks whether a TensorRT works on a GPU.
     *
     * @param version 10000 x major + 100 x minor + patch
     * @throws TensorRtException when it does not, with what to install
     */
    static void check(Gpu gpu, int version) {
        if (!gpu.isAtLeast(7, 5)) {
            throw new TensorRtException(
                    named(gpu) + " is older than what TensorRT works on (compute capability 7.5, Turing,"
                            + " or later): use backend=cpu, or install another GPU");
        }
        if (gpu.isAtLeast(9, 1) && version < BLACKWELL) {
            throw new TensorRtException(named(gpu) + " is newer than TensorRT " + version / 10000 + "."
                    + version / 100 % 100 + " knows (compute capability 9.0, Hopper): install NVIDIA's own package of"
                    + " TensorRT 10.8 or later, and unset " + Folders.TENSORRT);
        }
    }

    /**
     * Looks whether an artifact is of use to any of the GPUs here, before it is fetched.
     *
     * @param gpus none where there is no driver yet
     * @param artifact its version, for example {@code 10.6-1.5.11}
     * @throws TensorRtException when it is of use to none, with what to install
     */
    static void checkBeforeInstalling(List<Gpu> gpus, String artifact) {
        Matcher numbers = MAVEN_VERSION.matcher(artifact);
        if (gpus.isEmpty() || !numbers.matches()) {
            return;
        }
        int version = 10000 * Integer.parseInt(numbers.group(1)) + 100 * Integer.parseInt(numbers.group(2));
        TensorRtException refused = null;
        for (Gpu gpu : gpus) {
            try {
                check(gpu, version);
                return;
            } catch (TensorRtException e) {
                refused = refused == null ? e : refused;
            }
        }
        throw refused;
    }

    /**
     * Looks for what TensorRT's builder takes its kernels from: one library for all GPUs (to 10.6), or one for each family of
     * them. Those of a smaller minor number run on a GPU of the same major one, as all of CUDA's do.
     *
     * @param folder of libnvinfer, null where it is not known
     * @throws TensorRtException when there is none for this GPU, with what can be done
     */
    static void checkKernels(Gpu gpu, @Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            if (files.map(file -> file.getFileName().toString()).noneMatch(name -> serves(name, gpu))) {
                throw new TensorRtException("the TensorRT in " + folder + " cannot build engines for the " + gpu.name()
                        + ", because it has no libnvinfer_builder_resource_sm"
                        + gpu.computeCapability().replace(".", "")
                        + ".so: install NVIDIA's own package"
                        + (gpu.isAtLeast(9, 1)
                                ? ""
                                : ", or run ./midframe tensorrt install and have " + Folders.TENSORRT
                                        + " name the folder that it prints"));
            }
        } catch (IOException e) {
            throw new TensorRtException(folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean serves(String library, Gpu gpu) {
        if (library.startsWith("libnvinfer_builder_resource.so")) {
            return true;
        }
        Matcher numbers = KERNELS.matcher(library);
        return numbers.matches()
                && Integer.parseInt(numbers.group(1)) == gpu.majorCapability()
                && Integer.parseInt(numbers.group(2)) <= gpu.minorCapability();
    }

    private static String named(Gpu gpu) {
        return "the " + gpu.name() + " (compute capability " + gpu.computeCapability() + ")";
    }
}
